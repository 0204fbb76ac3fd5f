/** Spare parts kept for everything the shop ever sold: 5,000 rows, the same ones on every start. */
export const partCount = 5000;

const parts = [
  'Leg, tapered',
  'Leg, turned',
  'Seat cushion cover',
  'Back cushion cover',
  'Armrest cover',
  'Zip, 60 cm',
  'Slat, sprung',
  'Hinge, soft close',
  'Drawer runner',
  'Shelf board',
  'Side ladder',
  'Lamp shade',
  'Textile cable, 2 m',
  'Dimmer',
  'Felt glide, set of 4',
  'Bolt M8 × 60',
  'Barrel nut M8',
  'Table top, oiled',
  'Headboard panel',
  'Mirror glass',
];
const models = [
  'Bruno',
  'Lund',
  'Halla',
  'Fjell',
  'Odda',
  'Sigrid',
  'Nils',
  'Alma',
  'Pelle',
  'Skog',
  'Tarn',
  'Birk',
  'Ekeby',
  'Luma',
  'Sören',
  'Mose',
  'Sopp',
  'Vigg',
  'Hylla',
  'Stellan',
  'Krok',
  'Dvala',
  'Natt',
  'Spegel',
];
const woods = ['oak', 'walnut', 'ash', 'black'];

/** Marsaglia's xorshift32: enough to look unsorted, and the same everywhere. */
function createRandom(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export function listParts() {
  const random = createRandom(20260);
  return Array.from({ length: partCount }, (_, index) => {
    const part = parts[random(parts.length)];
    const model = models[random(models.length)];
    return {
      number: `NW-${String(10_000 + index * 7)}`,
      name: part,
      fits: `${model}, ${woods[random(woods.length)]}`,
      year: 1994 + random(31),
      stock: random(9) === 0 ? 0 : 1 + random(140),
      price: 2 + random(95),
    };
  });
}
