// Pure: what can be built, what it costs and how it looks. The server renders with it, the page goes on from there.

export const pieces = {
  sofa: { name: 'Bruno sofa', base: 1240, lead: 'Three seats, solid beech frame', width: 420, seats: 3 },
  armchair: { name: 'Odda armchair', base: 560, lead: 'One deep seat, round arms', width: 220, seats: 1 },
  daybed: { name: 'Fjell daybed', base: 980, lead: 'Long, low, ready for guests', width: 460, seats: 2 },
};

export const steps = [
  { id: 'fabric', name: 'Fabric' },
  { id: 'size', name: 'Size' },
  { id: 'legs', name: 'Legs' },
  { id: 'extras', name: 'Extras' },
  { id: 'summary', name: 'Summary' },
];

export const fabrics = [
  { id: 'moss', name: 'Moss bouclé', colour: '#75835f', price: 0, texture: 'boucle' },
  { id: 'sand', name: 'Sand linen', colour: '#d3bf9d', price: 0, texture: 'linen' },
  { id: 'clay', name: 'Clay linen', colour: '#bd7552', price: 0, texture: 'linen' },
  { id: 'fog', name: 'Fog wool', colour: '#98a2a3', price: 80, texture: 'wool' },
  { id: 'ink', name: 'Ink wool', colour: '#42506a', price: 80, texture: 'wool' },
  { id: 'ochre', name: 'Ochre velvet', colour: '#c7973f', price: 140, texture: 'linen' },
  { id: 'plum', name: 'Plum velvet', colour: '#7a4a57', price: 140, texture: 'linen' },
  { id: 'snow', name: 'Snow bouclé', colour: '#e9e1d2', price: 60, texture: 'boucle' },
];

export const sizes = [
  { id: 'small', name: 'Small', note: '20 cm narrower, for flats with stairs', price: -120, scale: 0.86 },
  { id: 'regular', name: 'Regular', note: 'As we drew it', price: 0, scale: 1 },
  { id: 'large', name: 'Large', note: '24 cm wider, one more person', price: 260, scale: 1.14 },
];

export const legs = [
  { id: 'oak', name: 'Oiled oak', colour: '#c89b68', price: 0 },
  { id: 'walnut', name: 'Walnut', colour: '#80563a', price: 60 },
  { id: 'black', name: 'Black-stained ash', colour: '#3a3531', price: 40 },
  { id: 'brass', name: 'Brushed brass', colour: '#b98f48', price: 110 },
];

export const extras = [
  { id: 'cushions', name: 'Two throw cushions', note: '50 × 50 cm, down and feather', price: 90 },
  { id: 'covers', name: 'A second set of covers', note: 'In the same fabric, machine washable', price: 240 },
  { id: 'footstool', name: 'Matching footstool', note: '60 × 48 × 40 cm, with storage', price: 290 },
];

export const defaultChoice = { fabric: 'moss', size: 'regular', legs: 'oak', extras: [] };

const pick = (list, id) => list.find((entry) => entry.id === id) ?? list[0];

/** Keeps what the shop sells and fills the rest with defaults. */
export function resolveChoice(choice) {
  const has = (list, id) => list.some((entry) => entry.id === id);
  return {
    fabric: has(fabrics, choice?.fabric) ? choice.fabric : defaultChoice.fabric,
    size: has(sizes, choice?.size) ? choice.size : defaultChoice.size,
    legs: has(legs, choice?.legs) ? choice.legs : defaultChoice.legs,
    extras: extras.map((extra) => extra.id).filter((id) => choice?.extras?.includes?.(id)),
  };
}

/** `/configurator/sofa/size` is `{ piece: 'sofa', step: 'size' }`; an unknown place is null. */
export function parsePlace(pathname) {
  const [, root, piece, step, more] = pathname.replace(/\/$/, '').split('/');
  if (root !== 'configurator' || more !== undefined) return null;
  if (piece === undefined) return { piece: null, step: null };
  if (!Object.hasOwn(pieces, piece)) return null;
  if (step === undefined) return { piece, step: 'fabric' };
  return steps.some((entry) => entry.id === step) ? { piece, step } : null;
}

export function totalOf(piece, choice) {
  const chosenExtras = extras.filter((extra) => choice.extras.includes(extra.id));
  return (
    pieces[piece].base +
    pick(fabrics, choice.fabric).price +
    pick(sizes, choice.size).price +
    pick(legs, choice.legs).price +
    chosenExtras.reduce((sum, extra) => sum + extra.price, 0)
  );
}

export function formatEuros(amount) {
  return `€ ${new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(amount)}`;
}

/** `sofa:moss:regular:oak:cushions+covers`: one line of text for the cart. */
export function encodeConfiguration(piece, choice) {
  return [piece, choice.fabric, choice.size, choice.legs, choice.extras.join('+')].join(':');
}

export function decodeConfiguration(text) {
  const [piece, fabric, size, leg, more] = text.split(':');
  if (!Object.hasOwn(pieces, piece)) return null;
  const choice = resolveChoice({ fabric, size, legs: leg, extras: (more ?? '').split('+') });
  return { piece, choice };
}

export function describeChoice(choice) {
  const chosenExtras = extras.filter((extra) => choice.extras.includes(extra.id));
  return [
    pick(fabrics, choice.fabric).name,
    `${pick(sizes, choice.size).name} size`,
    `${pick(legs, choice.legs).name} legs`,
    ...chosenExtras.map((extra) => extra.name),
  ].join(', ');
}

export function fabricOf(choice) {
  return pick(fabrics, choice.fabric);
}

export function legsOf(choice) {
  return pick(legs, choice.legs);
}

export function sizeOf(choice) {
  return pick(sizes, choice.size);
}
