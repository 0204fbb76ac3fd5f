import { finishes } from './catalogue.mjs';

/**
 * The shop's pictures: flat drawings on an 800 × 640 sheet, floor line at y = 556. A drawing is a function of a
 * colour, so every finish of every product has its own picture without a single file.
 */
const floorY = 556;

function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function mix(hex, other, share) {
  const to = channels(other);
  const mixed = channels(hex).map((value, index) => Math.round(value + (to[index] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const darker = (hex, share = 0.18) => mix(hex, '#1e140a', share);
const lighter = (hex, share = 0.18) => mix(hex, '#fffaf0', share);

function box(x, y, width, height, fill, radius = 6, more = '') {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ${more}/>`;
}

function path(d, fill, more = '') {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

function line(d, stroke, width = 3, more = '') {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

function ellipse(cx, cy, rx, ry, fill, more = '') {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`;
}

/** A turned leg, wider on top; `lean` moves its foot sideways. */
function leg(x, top, bottom, fill, { width = 14, lean = 0, foot = 8 } = {}) {
  const half = width / 2;
  return path(
    `M${x - half} ${top}H${x + half}L${x + lean + foot / 2} ${bottom}H${x + lean - foot / 2}Z`,
    fill,
  );
}

function shadow(cx, rx, y = floorY, ry = 13) {
  return `${ellipse(cx, y, rx, ry, '#2a1c10', 'opacity="0.13"')}${ellipse(cx, y, rx * 0.82, ry * 0.6, '#2a1c10', 'opacity="0.14"')}`;
}

function throwPillow(x, y, size, colour, turn) {
  const s = size;
  return (
    `<g transform="translate(${x} ${y}) rotate(${turn})">` +
    path(
      `M${-s} ${-s}Q0 ${-s * 0.82} ${s} ${-s}Q${s * 0.84} 0 ${s} ${s}Q0 ${s * 0.84} ${-s} ${s}Q${-s * 0.84} 0 ${-s} ${-s}Z`,
      colour,
    ) +
    line(
      `M${-s * 0.5} ${-s * 0.42}L${s * 0.5} ${s * 0.42}M${-s * 0.5} ${s * 0.42}L${s * 0.5} ${-s * 0.42}`,
      darker(colour, 0.12),
      2.5,
    ) +
    '</g>'
  );
}

function plant(x, y, scale = 1, pot = '#b9744f') {
  const leaf = (turn, length, fill) =>
    `<path transform="rotate(${turn})" d="M0 0C${-length * 0.28} ${-length * 0.4} ${-length * 0.16} ${-length * 0.86} 0 ${-length}C${length * 0.16} ${-length * 0.86} ${length * 0.28} ${-length * 0.4} 0 0Z" fill="${fill}"/>`;
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})">` +
    `<g transform="translate(0 -52)">${leaf(-52, 84, '#55704f')}${leaf(50, 88, '#5d7a56')}${leaf(-24, 116, '#6b8a60')}${leaf(26, 112, '#4d6748')}${leaf(2, 132, '#60805a')}</g>` +
    path('M-34 -56H34L26 0H-26Z', pot) +
    box(-38, -64, 76, 16, lighter(pot, 0.12), 4) +
    '</g>'
  );
}

function vase(x, y, colour, scale = 1) {
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})">` +
    line(
      'M0 -60C-6 -96 -22 -112 -30 -138M0 -60C4 -100 14 -126 12 -160M2 -60C10 -88 30 -104 40 -118',
      '#7d7a52',
      3,
    ) +
    ellipse(-31, -143, 9, 12, '#d9a06b') +
    ellipse(12, -167, 10, 13, '#e0b183') +
    ellipse(43, -122, 8, 11, '#cf8f60') +
    path('M-10 -66H10C10 -50 26 -44 26 -22C26 -6 18 0 0 0S-26 -6 -26 -22C-26 -44 -10 -50 -10 -66Z', colour) +
    path('M6 -58C8 -46 20 -40 20 -22C20 -10 14 -4 4 -2C20 -14 8 -40 6 -58Z', darker(colour, 0.12)) +
    '</g>'
  );
}

function books(x, y, sizes, colours) {
  let at = x;
  return sizes
    .map(([width, height], index) => {
      const fill = colours[index % colours.length];
      const book =
        box(at, y - height, width, height, fill, 2) +
        box(at, y - height + 10, width, 5, lighter(fill, 0.35), 0);
      at += width + 2;
      return book;
    })
    .join('');
}

const bookColours = ['#a85f44', '#d8c09a', '#5f7464', '#43506a', '#c2924b', '#7c4c57'];

const shapes = {
  sofa(colour, { seats, legs, cushion }) {
    const width = { 1: 300, 2: 440, 3: 560 }[seats];
    const left = 400 - width / 2;
    const arm = 58;
    const inner = width - arm * 2;
    const seat = inner / seats;
    const wood = finishes[legs].colour;
    let drawing = shadow(400, width * 0.54);
    for (const x of [left + 34, left + width - 34])
      drawing += leg(x, 500, floorY, wood, { lean: x < 400 ? -8 : 8 });
    drawing += box(left + 22, 286, width - 44, 190, darker(colour, 0.16), 40);
    for (let i = 0; i < seats; i += 1) {
      const x = left + arm + i * seat;
      drawing += box(x + 2, 306, seat - 4, 140, darker(colour, 0.05), 30);
      drawing += line(
        `M${x + 26} 322Q${x + seat / 2} 314 ${x + seat - 26} 322`,
        lighter(colour, 0.16),
        4,
        'opacity="0.7"',
      );
    }
    for (let i = 0; i < seats; i += 1) {
      const x = left + arm + i * seat;
      drawing += box(x + 1, 416, seat - 2, 58, lighter(colour, 0.07), 20);
      drawing += line(`M${x + 16} 462H${x + seat - 16}`, darker(colour, 0.14), 2.5);
    }
    drawing += box(left + 12, 468, width - 24, 40, darker(colour, 0.1), 12);
    for (const x of [left, left + width - arm - 6]) {
      drawing += box(x, 352, arm + 6, 154, colour, 30);
      drawing += line(`M${x + 16} 388Q${x + 32} 366 ${x + 48} 388`, lighter(colour, 0.2), 4, 'opacity="0.7"');
    }
    if (cushion) drawing += throwPillow(left + arm + 54, 388, 42, finishes[cushion].colour, -9);
    return drawing;
  },

  corner(colour, { legs, cushion }) {
    const wood = finishes[legs].colour;
    let drawing = shadow(400, 350);
    for (const x of [96, 420, 700]) drawing += leg(x, 510, floorY, wood, { width: 12, foot: 9 });
    drawing += box(70, 296, 600, 180, darker(colour, 0.16), 34);
    for (const x of [128, 304, 480]) {
      drawing += box(x, 314, 172, 136, darker(colour, 0.05), 28);
      drawing += line(
        `M${x + 28} 330Q${x + 86} 322 ${x + 144} 330`,
        lighter(colour, 0.16),
        4,
        'opacity="0.7"',
      );
    }
    drawing +=
      box(128, 420, 352, 58, lighter(colour, 0.06), 18) + line('M304 424V474', darker(colour, 0.16), 2.5);
    drawing += box(84, 470, 420, 44, darker(colour, 0.1), 12);
    drawing +=
      box(468, 424, 268, 56, lighter(colour, 0.1), 20) + box(476, 470, 256, 48, darker(colour, 0.06), 14);
    drawing += line('M492 466H716', darker(colour, 0.12), 2.5);
    drawing += box(60, 362, 72, 150, colour, 30);
    drawing +=
      throwPillow(190, 392, 42, finishes[cushion].colour, -8) +
      throwPillow(588, 392, 38, lighter(colour, 0.3), 10);
    return drawing;
  },

  daybed(colour, { legs, cushion }) {
    const wood = finishes[legs].colour;
    let drawing = shadow(400, 310);
    for (const x of [140, 660]) drawing += leg(x, 476, floorY, wood, { width: 18, foot: 11 });
    drawing += box(118, 330, 20, 168, wood, 8) + box(662, 330, 20, 168, wood, 8);
    drawing += box(118, 340, 564, 14, darker(wood, 0.1), 6);
    drawing += box(126, 462, 548, 30, wood, 6);
    drawing += box(136, 408, 528, 62, colour, 22) + line('M156 456H644', darker(colour, 0.14), 2.5);
    drawing +=
      box(146, 352, 130, 66, lighter(colour, 0.22), 30) + box(530, 350, 126, 68, darker(colour, 0.1), 30);
    drawing += throwPillow(300, 386, 36, finishes[cushion].colour, 7);
    drawing +=
      path('M440 406H508L520 500H436Z', lighter(colour, 0.34)) +
      line('M440 490H516M440 482H515', colour, 2.5);
    return drawing;
  },

  wing(colour, { legs }) {
    const wood = finishes[legs].colour;
    let drawing = shadow(400, 180);
    for (const x of [300, 500]) drawing += leg(x, 490, floorY, wood, { width: 16, lean: x < 400 ? -10 : 10 });
    drawing += path('M272 250C268 160 320 132 400 132S532 160 528 250L520 460H280Z', darker(colour, 0.14));
    drawing += path('M306 250C304 190 340 164 400 164S496 190 494 250V424H306Z', colour);
    for (const [x, y] of [
      [352, 226],
      [448, 226],
      [400, 262],
      [352, 298],
      [448, 298],
      [400, 334],
    ]) {
      drawing += ellipse(x, y, 5, 5, darker(colour, 0.3));
    }
    drawing += path(
      'M272 246C258 250 250 300 262 344L306 366V250C300 232 284 240 272 246Z',
      lighter(colour, 0.06),
    );
    drawing += path(
      'M528 246C542 250 550 300 538 344L494 366V250C500 232 516 240 528 246Z',
      lighter(colour, 0.06),
    );
    drawing +=
      box(300, 404, 200, 56, lighter(colour, 0.1), 22) + line('M320 450H480', darker(colour, 0.14), 2.5);
    drawing += box(276, 452, 248, 46, darker(colour, 0.08), 12);
    drawing += box(246, 352, 60, 142, colour, 28) + box(494, 352, 60, 142, colour, 28);
    return drawing;
  },

  spindle(colour) {
    let drawing = shadow(400, 140);
    const dark = darker(colour, 0.2);
    drawing +=
      leg(332, 392, floorY - 14, dark, { width: 15, lean: -4 }) +
      leg(468, 392, floorY - 14, dark, { width: 15, lean: 4 });
    for (let i = 0; i < 7; i += 1) {
      const x = 322 + i * 26;
      const topY = 186 - Math.sin((i / 6) * Math.PI) * 30;
      drawing += line(`M${338 + i * 20.6} 374L${x} ${topY}`, i % 2 ? colour : darker(colour, 0.08), 8);
    }
    drawing += line(
      'M310 370C296 270 296 210 312 188C340 138 460 138 488 188C504 210 504 270 490 370',
      colour,
      15,
    );
    drawing += line('M318 482H482', dark, 9) + line('M300 508L320 470M500 508L480 470', dark, 7);
    drawing += path(
      'M286 370H514C524 370 528 380 522 388L512 400H288L278 388C272 380 276 370 286 370Z',
      lighter(colour, 0.1),
    );
    drawing += path('M288 400H512L506 408H294Z', dark);
    drawing +=
      leg(306, 404, floorY, colour, { width: 18, lean: -22, foot: 10 }) +
      leg(494, 404, floorY, colour, { width: 18, lean: 22, foot: 10 });
    return drawing;
  },

  shell(colour, { legs }) {
    const wood = finishes[legs].colour;
    let drawing = shadow(400, 150);
    drawing +=
      leg(350, 420, floorY - 16, darker(wood, 0.22), { width: 13, lean: -6 }) +
      leg(450, 420, floorY - 16, darker(wood, 0.22), { width: 13, lean: 6 });
    drawing += path(
      'M278 246C276 180 330 160 400 160S524 180 522 246C520 320 506 380 470 396H330C294 380 280 320 278 246Z',
      darker(colour, 0.12),
    );
    drawing += path(
      'M304 250C304 204 346 190 400 190S496 204 496 250C496 320 484 366 456 376H344C316 366 304 320 304 250Z',
      colour,
    );
    drawing += path(
      'M270 350C262 330 284 322 296 338C318 370 360 376 400 376S482 370 504 338C516 322 538 330 530 350C520 408 470 432 400 432S280 408 270 350Z',
      lighter(colour, 0.14),
    );
    drawing += line('M300 372Q340 402 400 402T500 372', darker(colour, 0.1), 3);
    drawing +=
      leg(326, 416, floorY, wood, { width: 17, lean: -30, foot: 9 }) +
      leg(474, 416, floorY, wood, { width: 17, lean: 30, foot: 9 });
    return drawing;
  },

  stool(colour) {
    let drawing = shadow(400, 120);
    drawing += leg(400, 360, floorY - 16, darker(colour, 0.22), { width: 22, foot: 13 });
    drawing +=
      leg(340, 360, floorY, colour, { width: 24, lean: -44, foot: 14 }) +
      leg(460, 360, floorY, colour, { width: 24, lean: 44, foot: 14 });
    drawing += line('M318 468H482', darker(colour, 0.12), 10);
    drawing += path('M280 334H520V352C520 372 470 380 400 380S280 372 280 352Z', darker(colour, 0.12));
    drawing += ellipse(400, 334, 120, 26, lighter(colour, 0.14));
    drawing +=
      ellipse(400, 334, 84, 17, 'none', `stroke="${darker(colour, 0.06)}" stroke-width="2.5"`) +
      ellipse(400, 334, 44, 8, 'none', `stroke="${darker(colour, 0.06)}" stroke-width="2.5"`);
    drawing += `<g transform="translate(400 332)">${box(-52, -26, 104, 22, '#5f7464', 4)}${box(-46, -46, 96, 20, '#d8c09a', 4)}${box(-40, -41, 60, 3, '#a48b63', 1)}</g>`;
    return drawing;
  },

  table(colour) {
    let drawing = shadow(400, 330);
    drawing +=
      leg(196, 360, floorY - 16, darker(colour, 0.22), { width: 22, lean: 6, foot: 13 }) +
      leg(604, 360, floorY - 16, darker(colour, 0.22), { width: 22, lean: -6, foot: 13 });
    drawing += box(140, 356, 520, 34, darker(colour, 0.14), 4);
    drawing +=
      leg(146, 360, floorY, colour, { width: 28, lean: -14, foot: 16 }) +
      leg(654, 360, floorY, colour, { width: 28, lean: 14, foot: 16 });
    drawing += box(90, 326, 620, 34, lighter(colour, 0.1), 12);
    drawing += line(
      'M120 340Q260 334 380 340T680 338M150 350Q330 345 470 350',
      darker(colour, 0.06),
      2.5,
      'opacity="0.8"',
    );
    drawing += vase(400, 326, '#e8dcc6', 1.05);
    drawing +=
      path('M548 326C520 326 504 308 502 292H610C608 308 592 326 564 326Z', '#5f7464') +
      ellipse(530, 286, 17, 17, '#c2924b') +
      ellipse(560, 282, 18, 18, '#bd7552') +
      ellipse(586, 287, 15, 15, '#d4a35a') +
      ellipse(556, 293, 54, 7, '#536757');
    drawing +=
      box(210, 316, 84, 10, '#e8dcc6', 5) +
      path('M232 316V288H270V316Z', '#f4ecdf') +
      line('M270 294C286 292 286 310 270 308', '#f4ecdf', 5);
    return drawing;
  },

  'round-table'(colour) {
    let drawing = shadow(400, 210);
    drawing += leg(400, 420, floorY - 20, darker(colour, 0.25), { width: 26, foot: 18 });
    drawing +=
      leg(288, 420, floorY, colour, { width: 30, lean: -16, foot: 18 }) +
      leg(512, 420, floorY, colour, { width: 30, lean: 16, foot: 18 });
    drawing += path('M190 398V416C190 440 284 456 400 456S610 440 610 416V398Z', darker(colour, 0.14));
    drawing += ellipse(400, 398, 210, 42, lighter(colour, 0.12));
    drawing += line(
      'M230 392Q330 376 470 384M250 408Q400 396 580 404M300 424Q420 416 520 422',
      darker(colour, 0.04),
      2.5,
    );
    drawing += vase(330, 398, '#bd7552', 0.95);
    drawing +=
      `<g transform="translate(470 396) rotate(-3)">${box(-62, -16, 124, 18, '#43506a', 3)}${box(-54, -32, 112, 16, '#e8dcc6', 3)}</g>` +
      path('M452 364V340H490V364Z', '#f4ecdf') +
      line('M490 344C504 342 504 358 490 357', '#f4ecdf', 5);
    return drawing;
  },

  'side-table'(colour) {
    let drawing = shadow(400, 120);
    drawing += ellipse(400, 546, 106, 17, darker(colour, 0.14)) + ellipse(400, 540, 106, 17, colour);
    drawing += box(392, 250, 16, 290, darker(colour, 0.1), 6);
    drawing += path('M268 336V346C268 366 326 378 400 378S532 366 532 346V336Z', darker(colour, 0.14));
    drawing += ellipse(400, 336, 132, 27, lighter(colour, 0.16)) + ellipse(400, 336, 118, 22, colour);
    drawing +=
      box(392, 238, 16, 100, darker(colour, 0.1), 6) +
      line('M372 238C372 206 428 206 428 238', darker(colour, 0.1), 12);
    drawing +=
      path('M448 336V306H488V336C480 342 456 342 448 336Z', '#f4ecdf') + ellipse(468, 306, 20, 5, '#7b5236');
    drawing += `<g transform="translate(338 336) rotate(-6)">${box(-42, -14, 84, 14, '#a85f44', 3)}</g>`;
    return drawing;
  },

  desk(colour) {
    let drawing = shadow(400, 290);
    drawing +=
      leg(196, 384, floorY - 14, darker(colour, 0.22), { width: 16, lean: 6 }) +
      leg(604, 384, floorY - 14, darker(colour, 0.22), { width: 16, lean: -6 });
    drawing +=
      box(152, 356, 496, 62, darker(colour, 0.1), 6) +
      box(166, 364, 230, 46, colour, 4) +
      box(404, 364, 230, 46, colour, 4);
    drawing += ellipse(281, 387, 8, 8, '#b98f48') + ellipse(519, 387, 8, 8, '#b98f48');
    drawing +=
      leg(164, 414, floorY, colour, { width: 20, lean: -12, foot: 11 }) +
      leg(636, 414, floorY, colour, { width: 20, lean: 12, foot: 11 });
    drawing += box(126, 334, 548, 24, lighter(colour, 0.12), 8);
    drawing +=
      box(300, 196, 200, 124, '#3a3f42', 8) +
      box(310, 206, 180, 104, '#a9b9b4', 3) +
      path('M310 280L360 240L404 272L444 232L490 268V310H310Z', '#7f9689') +
      box(386, 318, 28, 16, '#3a3f42', 2);
    drawing +=
      path('M566 334V300H602V334Z', '#bd7552') + line('M574 300V264M584 300V256M594 300V270', '#c2924b', 4);
    drawing += `<g transform="translate(216 334)">${line('M0 0V-66L34 -110', '#45464a', 6)}${path('M14 -104L58 -132L66 -98Z', '#c2924b')}${box(-26, -8, 52, 8, '#45464a', 4)}</g>`;
    return drawing;
  },

  'arc-lamp'(colour) {
    let drawing =
      ellipse(520, 330, 190, 190, '#fff3cf', 'opacity="0.45"') +
      ellipse(520, 330, 120, 120, '#fff3cf', 'opacity="0.5"');
    drawing += shadow(262, 100);
    drawing +=
      path('M180 536H344V550C344 560 180 560 180 550Z', '#cfc7ba') +
      ellipse(262, 536, 82, 13, '#e9e3d9') +
      line('M210 534Q240 540 262 532T318 538', '#c2b8a8', 2);
    drawing +=
      line('M262 534V300C262 170 330 100 420 100C480 100 520 140 520 206', colour, 10) +
      line('M265 520V300C265 176 332 106 420 105', lighter(colour, 0.4), 2.5);
    drawing +=
      path('M438 288C438 236 472 204 520 204S602 236 602 288Z', colour) +
      path('M438 288C438 236 472 204 520 204C480 216 462 250 462 288Z', lighter(colour, 0.28)) +
      ellipse(520, 288, 82, 13, '#fff6dc') +
      ellipse(520, 294, 24, 15, '#ffe7a3');
    return drawing;
  },

  'tripod-lamp'(colour) {
    let drawing = ellipse(400, 190, 210, 180, '#fff3cf', 'opacity="0.4"') + shadow(400, 150);
    drawing += leg(400, 286, floorY - 18, darker(colour, 0.24), { width: 14, foot: 10 });
    drawing +=
      leg(392, 286, floorY, colour, { width: 16, lean: -112, foot: 12 }) +
      leg(408, 286, floorY, colour, { width: 16, lean: 112, foot: 12 });
    drawing += ellipse(400, 352, 30, 7, '#b98f48');
    drawing += path('M322 120H478L520 284H280Z', '#f6ead1');
    for (let i = 1; i < 9; i += 1)
      drawing += line(`M${322 + i * 17.3} 122L${280 + i * 26.6} 283`, '#e6d3ae', 2.5);
    drawing += ellipse(400, 120, 78, 8, '#fff7e4') + ellipse(400, 284, 120, 12, '#ffefc2');
    return drawing;
  },

  pendant(colour) {
    let drawing = path('M262 330H538L690 600H110Z', '#fff3cf', 'opacity="0.38"');
    drawing += line('M400 0V170', '#3a3531', 4) + box(386, 160, 28, 38, '#b98f48', 8);
    drawing +=
      path('M228 330C228 244 300 192 400 192S572 244 572 330Z', colour) +
      path('M228 330C228 244 300 192 400 192C320 208 276 258 272 330Z', lighter(colour, 0.3)) +
      path('M572 330C572 244 500 192 400 192C500 214 530 268 530 330Z', darker(colour, 0.12));
    drawing += ellipse(400, 330, 172, 23, '#fffaf0') + ellipse(400, 334, 60, 20, '#ffe7a3');
    drawing +=
      shadow(400, 190, 586, 10) +
      path('M236 560H564V574C564 582 236 582 236 574Z', '#c89b68') +
      ellipse(400, 560, 164, 18, '#d9b184') +
      path('M372 560C350 560 340 546 338 536H420C418 546 408 560 386 560Z', '#f4ecdf') +
      ellipse(460, 556, 15, 13, '#bd7552');
    return drawing;
  },

  'mushroom-lamp'(colour) {
    let drawing = ellipse(400, 360, 230, 180, '#fff1c4', 'opacity="0.34"') + shadow(400, 240, 566, 12);
    drawing += box(150, 530, 500, 34, '#b98a5e', 8) + box(150, 530, 500, 10, '#cda277', 5);
    drawing +=
      path(
        'M352 520C352 440 370 420 372 356H428C430 420 448 440 448 520C448 534 352 534 352 520Z',
        darker(colour, 0.08),
      ) +
      path(
        'M352 520C352 440 370 420 372 356H388C388 430 376 450 376 528C360 528 352 526 352 520Z',
        lighter(colour, 0.3),
      );
    drawing +=
      path(
        'M232 352C232 250 306 196 400 196S568 250 568 352C568 366 500 376 400 376S232 366 232 352Z',
        colour,
      ) +
      path(
        'M232 352C232 250 306 196 400 196C330 220 284 274 282 364C252 362 232 358 232 352Z',
        lighter(colour, 0.5),
      ) +
      path(
        'M568 352C568 250 498 196 400 196C480 216 524 274 526 364C552 362 568 358 568 352Z',
        darker(colour, 0.08),
      ) +
      ellipse(400, 362, 150, 12, '#ffdf94');
    drawing +=
      `<g transform="translate(560 530)">${box(-56, -16, 112, 16, '#5f7464', 3)}${box(-50, -30, 98, 14, '#e8dcc6', 3)}</g>` +
      path('M206 530V502H242V530Z', '#bd7552');
    return drawing;
  },

  shelf(colour, { columns, rows }) {
    const top = rows > 3 ? 84 : 196;
    const height = floorY - top - 18;
    const width = rows > 3 ? 320 : 460;
    const left = 400 - width / 2;
    const step = height / rows;
    let drawing = shadow(400, width * 0.56);
    const dark = darker(colour, 0.2);
    for (let i = 0; i <= columns; i += 1)
      drawing += box(
        left + (i * (width - 16)) / columns,
        top - 12,
        16,
        floorY - top + 12,
        i % 2 ? darker(colour, 0.1) : colour,
        4,
      );
    for (let row = 0; row <= rows; row += 1) {
      const y = top + row * step;
      drawing +=
        box(left - 8, y, width + 16, 14, lighter(colour, 0.1), 4) +
        box(left - 8, y + 10, width + 16, 4, dark, 2);
    }
    const column = width / columns;
    for (let row = 0; row < rows; row += 1) {
      const y = top + (row + 1) * step;
      const room = step - 30;
      const x = left + 26;
      const second = left + column + 20;
      const tall = Math.min(room, 84);
      const sizes = [
        [16, tall],
        [20, tall * 0.86],
        [14, tall * 0.94],
        [24, tall * 0.78],
        [15, tall * 0.9],
      ];
      const shifted = bookColours.slice(row % 4).concat(bookColours);
      if (row % 3 === 0)
        drawing +=
          books(x, y, sizes, shifted) +
          plant(second + column * 0.36, y, Math.min(0.55, room / 190), '#e8dcc6');
      else if (row % 3 === 1)
        drawing +=
          box(x, y - 46, column - 66, 46, '#d8c3a0', 6) +
          line(
            `M${x + 8} ${y - 34}H${x + column - 76}M${x + 8} ${y - 22}H${x + column - 76}M${x + 8} ${y - 10}H${x + column - 76}`,
            '#bfa67d',
            3,
          ) +
          books(second, y, sizes.slice(1).concat(sizes.slice(0, 2)), shifted);
      else
        drawing +=
          vase(x + column * 0.3, y, '#bd7552', Math.min(0.5, room / 180)) +
          `<g transform="translate(${second + 50} ${y})">${box(-46, -16, 92, 16, '#43506a', 3)}${box(-40, -30, 84, 14, '#d8c09a', 3)}${box(-42, -44, 80, 14, '#7c4c57', 3)}</g>`;
    }
    drawing +=
      rows > 3 ? '' : vase(left + 90, top, '#5f7464', 0.62) + plant(left + width - 90, top, 0.6, '#e8dcc6');
    return drawing;
  },

  sideboard(colour) {
    let drawing = shadow(400, 310);
    for (const x of [160, 640])
      drawing += leg(x, 508, floorY, darker(colour, 0.28), { width: 16, lean: x < 400 ? -6 : 6, foot: 10 });
    drawing += box(110, 352, 580, 162, colour, 10) + box(104, 340, 592, 20, lighter(colour, 0.12), 8);
    drawing +=
      box(124, 370, 274, 132, darker(colour, 0.1), 4) + box(402, 370, 274, 132, darker(colour, 0.14), 4);
    for (let x = 128; x < 668; x += 12)
      if (x < 388 || x > 402) drawing += box(x, 372, 7, 128, lighter(colour, 0.05), 2);
    drawing += plant(590, 340, 0.95, '#e8dcc6') + vase(196, 340, '#5f7464', 0.9);
    drawing +=
      ellipse(380, 210, 78, 78, darker(colour, 0.1)) +
      ellipse(380, 210, 68, 68, '#dfe6e2') +
      path('M334 236L402 156A68 68 0 0 0 340 264Z', '#f4f7f4', 'opacity="0.7"');
    return drawing;
  },

  'coat-stand'(colour) {
    let drawing = shadow(400, 130);
    const dark = darker(colour, 0.18);
    drawing +=
      leg(400, 420, floorY - 14, dark, { width: 16, foot: 12 }) +
      leg(396, 424, floorY, colour, { width: 18, lean: -104, foot: 14 }) +
      leg(404, 424, floorY, colour, { width: 18, lean: 104, foot: 14 });
    drawing += box(390, 66, 20, 400, colour, 9);
    for (const [y, reach] of [
      [104, 78],
      [176, 66],
    ]) {
      drawing +=
        line(`M400 ${y + 40}L${400 - reach} ${y}M400 ${y + 40}L${400 + reach} ${y}`, dark, 12) +
        ellipse(400 - reach, y, 10, 10, lighter(colour, 0.2)) +
        ellipse(400 + reach, y, 10, 10, lighter(colour, 0.2));
    }
    drawing +=
      path('M470 176C500 200 520 260 526 372C500 384 450 382 436 372C440 280 448 210 470 176Z', '#5f7464') +
      line('M474 196C476 260 470 320 468 376', '#4c5e50', 3);
    drawing +=
      path('M292 108C262 96 246 118 268 130H350C356 112 330 84 314 92C304 80 290 92 292 108Z', '#bd7552') +
      ellipse(306, 132, 74, 11, '#a9623f');
    drawing +=
      line('M336 180C316 240 344 300 326 366', '#d6b25f', 20) +
      line('M322 366V384M332 364V384M316 362L310 380', '#d6b25f', 4);
    return drawing;
  },

  bed(colour, { bedding }) {
    const cloth = finishes[bedding].colour;
    let drawing = shadow(400, 340);
    drawing += box(128, 226, 544, 220, darker(colour, 0.06), 16) + box(140, 240, 520, 190, colour, 10);
    for (let x = 176; x < 640; x += 36) drawing += line(`M${x} 246V340`, darker(colour, 0.1), 3);
    drawing +=
      box(176, 300, 210, 96, '#f6efe3', 34) +
      box(414, 300, 210, 96, '#f6efe3', 34) +
      box(214, 330, 160, 76, lighter(cloth, 0.3), 30) +
      box(426, 330, 160, 76, '#d9b184', 30);
    drawing += box(120, 386, 560, 90, '#fbf6ec', 26);
    drawing +=
      path('M112 414C112 396 130 392 150 392H650C670 392 688 396 688 414V506H112Z', lighter(cloth, 0.18)) +
      path('M112 430C250 410 540 416 688 430V458C540 442 260 438 112 458Z', '#fbf6ec');
    drawing += line('M230 470Q240 490 236 506M400 462Q396 486 402 506M566 468Q560 490 566 506', cloth, 3);
    drawing += box(100, 500, 600, 30, colour, 8);
    for (const x of [126, 674]) drawing += leg(x, 528, floorY, darker(colour, 0.2), { width: 24, foot: 18 });
    return drawing;
  },

  bedside(colour) {
    let drawing = shadow(400, 150);
    for (const x of [300, 500])
      drawing += leg(x, 480, floorY, darker(colour, 0.22), { width: 18, lean: x < 400 ? -8 : 8, foot: 10 });
    drawing +=
      box(274, 316, 252, 174, colour, 12) +
      box(290, 398, 220, 78, darker(colour, 0.3), 6) +
      box(290, 330, 220, 58, lighter(colour, 0.08), 6) +
      box(372, 352, 56, 12, '#b98f48', 6);
    drawing += box(262, 302, 276, 20, lighter(colour, 0.14), 8);
    drawing +=
      books(
        308,
        470,
        [
          [20, 58],
          [16, 50],
          [24, 62],
          [14, 54],
        ],
        bookColours,
      ) + box(420, 454, 74, 16, '#d8c09a', 3);
    drawing +=
      ellipse(350, 196, 110, 100, '#fff1c4', 'opacity="0.6"') +
      box(344, 236, 12, 66, '#b98f48', 4) +
      ellipse(350, 300, 34, 7, '#b98f48') +
      path('M318 160H382L404 238H296Z', '#f6ead1');
    drawing += vase(478, 302, '#9dab8b', 0.62);
    return drawing;
  },

  mirror(colour) {
    let drawing = shadow(400, 160);
    drawing +=
      path('M266 552V254C266 166 322 104 400 104S534 166 534 254V552Z', colour) +
      path('M284 538V256C284 178 332 122 400 122S516 178 516 256V538Z', '#d7e0dc');
    drawing +=
      path('M284 470C350 440 440 448 516 430V538H284Z', '#c2cdc6') +
      path('M300 420L470 156C500 182 508 210 512 236L330 518H300Z', '#f1f5f2', 'opacity="0.55"') +
      path('M470 470L516 398V452L486 500Z', '#f1f5f2', 'opacity="0.5"');
    drawing +=
      line('M272 546V254C272 172 324 112 398 110', lighter(colour, 0.35), 3) +
      plant(604, floorY, 1.15, '#c08a62');
    return drawing;
  },

  rug(colour) {
    let drawing = '';
    const light = lighter(colour, 0.62);
    drawing += path(
      'M196 408H604L716 590H84Z',
      darker(colour, 0.3),
      'opacity="0.25" transform="translate(0 8)"',
    );
    drawing += path('M196 404H604L716 586H84Z', light);
    drawing += path('M206 412H594L694 578H106Z', 'none', `stroke="${colour}" stroke-width="7"`);
    for (let row = 0; row < 5; row += 1) {
      const y = 430 + row * 28 + row * row * 1.6;
      const spread = 168 + row * 26;
      const d = [];
      for (let i = 0; i <= 12; i += 1)
        d.push(`${i ? 'L' : 'M'}${400 - spread + (i * spread) / 6} ${y + (i % 2 ? 10 : -8)}`);
      drawing += line(d.join(''), row % 2 ? darker(colour, 0.14) : colour, 6 + row);
    }
    for (let i = 0; i <= 40; i += 1) drawing += line(`M${88 + i * 15.6} 588L${84 + i * 15.8} 602`, light, 3);
    drawing += `<g transform="translate(0 -96)">${leg(330, 420, 536, '#80563a', { width: 14, lean: -16 })}${leg(470, 420, 536, '#80563a', { width: 14, lean: 16 })}${path('M286 330C286 240 330 206 400 206S514 240 514 330V430H286Z', '#ddd0b8')}${box(296, 372, 208, 62, '#e9deca', 24)}${box(264, 336, 54, 100, '#d2c3a6', 24)}${box(482, 336, 54, 100, '#d2c3a6', 24)}</g>`;
    drawing += plant(150, 400, 0.95);
    return drawing;
  },
};

function sheet(width, height, title, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>${title}</title>${content}</svg>`;
}

function backdrop(wall) {
  return (
    box(0, 0, 800, 640, wall, 0) +
    box(0, 520, 800, 120, darker(wall, 0.09), 0) +
    box(0, 514, 800, 7, lighter(wall, 0.5), 0) +
    path('M560 0H700L520 514H330Z', lighter(wall, 0.55), 'opacity="0.4"') +
    path('M730 0H770L600 514H548Z', lighter(wall, 0.55), 'opacity="0.4"')
  );
}

export function productPicture(product, finishId) {
  const finish = finishes[finishId];
  const { kind, ...options } = product.drawing;
  const title = `${product.name}, ${finish.name}`;
  return sheet(800, 640, title, backdrop(product.wall) + shapes[kind](finish.colour, options));
}

function place(x, y, scale, drawing) {
  return `<g transform="translate(${x} ${y}) scale(${scale})">${drawing}</g>`;
}

function windowPane(x, y, width, height, sky) {
  return (
    box(x - 10, y - 10, width + 20, height + 20, '#f7f0e4', 4) +
    box(x, y, width, height, sky, 0) +
    path(
      `M${x} ${y + height * 0.72}l${width * 0.2} ${-height * 0.24}l${width * 0.16} ${height * 0.15}l${width * 0.26} ${-height * 0.32}l${width * 0.38} ${height * 0.41}V${y + height}H${x}Z`,
      '#8ba08a',
    ) +
    path(
      `M${x} ${y + height * 0.86}q${width * 0.3} ${-height * 0.16} ${width * 0.55} ${-height * 0.02}t${width * 0.45} ${-height * 0.08}V${y + height}H${x}Z`,
      '#6d8670',
    ) +
    ellipse(x + width * 0.68, y + height * 0.24, width * 0.09, width * 0.09, '#fbe3b0') +
    box(x + width / 2 - 4, y, 8, height, '#f7f0e4', 0) +
    box(x, y + height * 0.46, width, 8, '#f7f0e4', 0) +
    box(x - 22, y + height + 8, width + 44, 14, '#efe4d2', 4)
  );
}

const scenes = {
  'living-room'() {
    const wall = '#e7dac6';
    return sheet(
      1600,
      900,
      'A living room with a green sofa, an arc lamp and a window onto a forest',
      box(0, 0, 1600, 900, wall, 0) +
        box(0, 720, 1600, 180, '#c7a47c', 0) +
        [760, 800, 845].map((y) => line(`M0 ${y}H1600`, '#b8946b', 2, 'opacity="0.6"')).join('') +
        box(0, 704, 1600, 18, '#f3e9da', 0) +
        windowPane(150, 130, 360, 380, '#cfe0e0') +
        path('M150 720L340 900H900L520 720Z', '#fff3d6', 'opacity="0.3"') +
        box(800, 190, 150, 190, '#f7f0e4', 2) +
        box(814, 204, 122, 162, '#d9b58c', 0) +
        ellipse(875, 262, 34, 34, '#b8623f') +
        path('M814 330Q850 296 880 322T936 312V366H814Z', '#5f7464') +
        box(978, 190, 110, 140, '#f7f0e4', 2) +
        box(990, 202, 86, 116, '#43506a', 0) +
        path('M990 318V270L1022 240L1050 268L1076 250V318Z', '#98a2a3') +
        ellipse(830, 806, 520, 66, '#efe4d2') +
        ellipse(830, 806, 486, 56, 'none', 'stroke="#bd7552" stroke-width="5"') +
        ellipse(830, 806, 450, 46, 'none', 'stroke="#d6b68e" stroke-width="4"') +
        place(950, 118, 1.06, shapes.shelf('#b98458', { columns: 2, rows: 5 })) +
        place(280, 60, 1.16, shapes['arc-lamp']('#b98f48')) +
        place(400, 150, 1.14, shapes.sofa('#75835f', { seats: 3, legs: 'oak', cushion: 'clay' })) +
        plant(190, 738, 1.7, '#b9744f') +
        place(600, 470, 0.72, shapes['round-table']('#80563a')),
    );
  },
  workshop() {
    return sheet(
      1600,
      900,
      'The workshop: a long bench, tools on the wall and a chair in the making',
      box(0, 0, 1600, 900, '#dfd3bf', 0) +
        box(0, 700, 1600, 200, '#a98a66', 0) +
        box(0, 690, 1600, 14, '#efe4d2', 0) +
        windowPane(120, 110, 300, 320, '#d7e4e0') +
        windowPane(500, 110, 300, 320, '#d7e4e0') +
        box(900, 120, 560, 250, '#c5a177', 8) +
        [960, 1040, 1120]
          .map(
            (x, index) =>
              box(x, 160, 14, 90 + index * 22, '#80563a', 5) +
              box(x - 14, 240 + index * 22, 42, 40, '#71757a', 4),
          )
          .join('') +
        path('M1200 170H1400L1370 230H1214Z', '#8b9095') +
        box(1170, 166, 50, 70, '#80563a', 16) +
        line('M1230 290H1410', '#80563a', 12) +
        line('M1250 290V340M1390 290V340', '#71757a', 8) +
        place(880, 190, 1.18, shapes.spindle('#c89b68')) +
        box(120, 520, 760, 40, '#b98458', 6) +
        box(160, 556, 44, 196, '#9c6f48', 4) +
        box(800, 556, 44, 196, '#9c6f48', 4) +
        box(200, 640, 600, 24, '#a97a52', 4) +
        box(250, 486, 300, 20, '#dfc9a5', 4) +
        box(280, 502, 300, 20, '#c89b68', 4) +
        path('M640 520V470H700L720 490V520Z', '#80563a') +
        ellipse(590, 512, 28, 8, '#e6d3ae') +
        place(700, 330, 0.95, shapes.stool('#dfc9a5')),
    );
  },
};

export function scenePicture(name) {
  return Object.hasOwn(scenes, name) ? scenes[name]() : null;
}
