/** The allow-list of attributes: what a page needs to look the same and what holds nothing about a visitor. */

const words = (list: string) => new Set(list.split(' '));

/** States and structure that style sheets and assistive technology read; the words of `aria-label` are not among them. */
const everywhere = words(
  'dir lang role hidden tabindex open popover inert part slot exportparts ' +
    'aria-hidden aria-expanded aria-selected aria-checked aria-pressed aria-current aria-disabled aria-invalid ' +
    'aria-modal aria-busy aria-sort aria-orientation aria-haspopup aria-level aria-required aria-readonly ' +
    'aria-multiselectable aria-colspan aria-rowspan aria-live aria-atomic',
);

const byTag: Record<string, Set<string>> = {};
for (const [tags, names] of [
  [
    'table thead tbody tfoot tr td th col colgroup caption',
    'align valign bgcolor width height border cellpadding',
  ],
  ['table td th col colgroup', 'cellspacing colspan rowspan span nowrap rules frame scope'],
  ['img video iframe canvas embed object svg input', 'width height align border hspace vspace'],
  ['input select textarea button fieldset option optgroup', 'type disabled readonly required multiple size'],
  ['textarea', 'rows cols wrap'],
  ['input meter progress', 'min max step low high optimum'],
  ['meter progress li', 'value'],
  ['ol ul li', 'type start reversed'],
  ['font hr', 'color face size width align noshade'],
  ['body', 'bgcolor text link vlink alink'],
  ['style link', 'media disabled'],
  ['div p h1 h2 h3 h4 h5 h6 center', 'align'],
  ['video audio', 'controls loop muted'],
  ['template', 'shadowrootmode'],
  ['slot', 'name'],
] as const) {
  for (const tag of tags.split(' ')) {
    byTag[tag] = new Set([...(byTag[tag] ?? []), ...words(names)]);
  }
}

/** Presentation and geometry of SVG. */
const svg = words(
  'd x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points viewbox transform pathlength preserveaspectratio ' +
    'gradientunits gradienttransform spreadmethod patternunits patterncontentunits patterntransform clippathunits ' +
    'maskunits maskcontentunits filterunits primitiveunits markerwidth markerheight markerunits refx refy orient ' +
    'offset stop-color stop-opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap ' +
    'stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color display visibility overflow ' +
    'clip-path clip-rule mask filter marker-start marker-mid marker-end font-family font-size font-style font-weight ' +
    'letter-spacing text-anchor dominant-baseline alignment-baseline baseline-shift rotate textlength startoffset ' +
    'vector-effect shape-rendering paint-order pointer-events in in2 result stddeviation mode values type operator ' +
    'k1 k2 k3 k4 scale basefrequency numoctaves seed tablevalues slope intercept flood-color flood-opacity radius ' +
    'attributename from to by dur begin end repeatcount calcmode keytimes keysplines additive xmlns version',
);

/** Shape of formulas. */
const math = words(
  'display displaystyle mathvariant mathsize mathcolor scriptlevel linethickness stretchy lspace rspace accent accentunder movablelimits columnalign',
);

/** Words that a visitor reads or hears: like form values they leave only where the site shows them. */
const wordAttributes = words(
  'title alt aria-label aria-description aria-roledescription aria-valuetext aria-placeholder label summary abbr',
);

/** Numbers, keywords, lengths, colours, local references: what an allowed attribute may hold. */
const simpleValue = /^[-+\w\s.,:;#%()/'"&*]*$/;
const maxSimpleChars = 120;

export type AttributeKind = 'plain' | 'words' | 'other';

export function attributeKind(tag: string, name: string, isSvg: boolean): AttributeKind {
  if (
    everywhere.has(name) ||
    byTag[tag]?.has(name) ||
    (isSvg && svg.has(name)) ||
    (tag[0] === 'm' && math.has(name))
  )
    return 'plain';
  return wordAttributes.has(name) ? 'words' : 'other';
}

export function isSimpleValue(value: string, isSvg: boolean): boolean {
  if (!simpleValue.test(value)) return false;
  if (isSvg) return !/url\(\s*['"]?(?!#)/i.test(value);
  return value.length <= maxSimpleChars;
}

/**
 * A path, a list of points, a transformation: its digits are coordinates, whatever they look like together
 * (`376.66666666666663` passes Luhn's check). A bare run of digits and a long word are looked at like any text.
 */
export function isGeometry(value: string): boolean {
  return /[.,a-z]/i.test(value) && !/[a-z\d]{24,}/i.test(value.replace(/\.\d+/g, '.'));
}

/** An id that names a part of the page, not a thing of the visitor's: no long number, no token. */
export function isStructuralId(id: string): boolean {
  return /^[A-Za-z_:][-\w:.«»]{0,63}$/.test(id) && !/\d{4}|(?=\w*\d)(?=\w*[a-z])\w{16}/i.test(id);
}
