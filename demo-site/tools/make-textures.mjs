// Writes the swatch photographs in public/images/textures. Run once after changing a weave: the files are committed.
import { writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';

const sizePx = 480;
const shades = 48;

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** An indexed-colour PNG: `valueAt(x, y)` from 0 (dark) to 1 (light). */
function encodePng(dark, light, valueAt) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sizePx, 0);
  header.writeUInt32BE(sizePx, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.alloc(shades * 3);
  for (let i = 0; i < shades; i += 1) {
    for (let c = 0; c < 3; c += 1)
      palette[i * 3 + c] = Math.round(dark[c] + ((light[c] - dark[c]) * i) / (shades - 1));
  }
  const rows = Buffer.alloc((sizePx + 1) * sizePx);
  for (let y = 0; y < sizePx; y += 1) {
    for (let x = 0; x < sizePx; x += 1) {
      const value = Math.min(1, Math.max(0, valueAt(x, y)));
      rows[y * (sizePx + 1) + 1 + x] = Math.round(value * (shades - 1));
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
  ];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

function lattice(x, y, seed) {
  let n = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 2147483647);
  n = Math.imul(n ^ (n >>> 13), 1274126177);
  return ((n ^ (n >>> 16)) >>> 0) / 4294967295;
}

function noise(x, y, seed) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const ease = (t) => t * t * (3 - 2 * t);
  const u = ease(x - x0);
  const v = ease(y - y0);
  const top = lattice(x0, y0, seed) * (1 - u) + lattice(x0 + 1, y0, seed) * u;
  const bottom = lattice(x0, y0 + 1, seed) * (1 - u) + lattice(x0 + 1, y0 + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

function linen(x, y) {
  const warp = Math.sin((x / 6) * 2 * Math.PI + noise(y / 30, x / 90, 1) * 3);
  const weft = Math.sin((y / 6) * 2 * Math.PI + noise(x / 30, y / 90, 2) * 3);
  const over = (Math.floor(x / 6) + Math.floor(y / 6)) % 2 ? warp : weft;
  const slub = noise(x / 70, y / 2.4, 3) * 0.3 + noise(x / 2.4, y / 70, 4) * 0.3;
  return 0.34 + over * 0.14 + slub * 0.7 + (lattice(x, y, 5) - 0.5) * 0.08;
}

function boucle(x, y) {
  const dx = x + noise(x / 16, y / 16, 6) * 26;
  const dy = y + noise(x / 16, y / 16, 7) * 26;
  const curl = Math.sin(noise(dx / 11, dy / 11, 8) * 15 + noise(dx / 5, dy / 5, 9) * 4);
  const depth = noise(x / 9, y / 9, 10);
  return 0.46 + curl * 0.2 + depth * 0.28 + (lattice(x, y, 11) - 0.5) * 0.07;
}

function oak(x, y) {
  const bend = noise(x / 210, y / 60, 12) * 34 + noise(x / 90, y / 20, 13) * 7;
  const ring = Math.sin((y + bend) / 8.5 + noise(x / 300, y / 40, 14) * 6);
  const pores = noise(x / 34, y / 1.3, 15) > 0.77 ? -0.2 : 0;
  return (
    0.58 + ring * 0.15 + (noise(x / 60, y / 2.2, 16) - 0.5) * 0.34 + pores + (lattice(x, y, 17) - 0.5) * 0.05
  );
}

function wool(x, y) {
  const twill = Math.sin(((x + y) / 11) * 2 * Math.PI + noise(x / 14, y / 14, 18) * 1.6);
  const fuzz = noise(x / 3, y / 3, 19) * 0.3 + noise(x / 1.4, y / 1.4, 20) * 0.22;
  return 0.26 + twill * 0.13 + fuzz + noise(x / 80, y / 80, 21) * 0.16;
}

const textures = [
  ['linen', [150, 118, 84], [240, 226, 200], linen],
  ['boucle', [74, 86, 60], [178, 188, 156], boucle],
  ['oak', [128, 84, 48], [226, 184, 132], oak],
  ['wool', [52, 62, 82], [150, 160, 176], wool],
];

for (const [name, dark, light, valueAt] of textures) {
  const file = new URL(`../public/images/textures/${name}.png`, import.meta.url);
  await writeFile(file, encodePng(dark, light, valueAt));
}
