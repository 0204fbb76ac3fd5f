import type { Surroundings } from '../../shared/model/surroundings.ts';
import { cleanDeclarations, cleanStyleSheet, type FontFaceRule, judgeAddress } from './style-text.ts';

/** What of a visitor's page may be rebuilt: elements and attributes by allow-list. No element can load or run anything. */

/** An attribute that shows assets: `template` is its value with `rapport-asset:REF` in it; null: no longer. */
export interface Place {
  id: number;
  attribute: string;
  template: string | null;
}

const words = (text: string) => new Set(text.trim().split(/\s+/));

const htmlTags = words(`
  html head title style link meta base body noscript template slot
  article section nav aside h1 h2 h3 h4 h5 h6 hgroup header footer address main search
  p hr pre blockquote ol ul menu li dl dt dd figure figcaption div center
  a em strong small s cite q dfn abbr ruby rt rp rb rtc data time code var samp kbd sub sup i b u mark bdi bdo span br
  wbr big tt strike font nobr acronym marquee dir blink listing xmp plaintext
  ins del picture source img iframe video audio track map area canvas
  table caption colgroup col tbody thead tfoot tr td th
  form label input button select datalist optgroup option selectedcontent textarea output progress meter fieldset
  legend details summary dialog keygen
`);

const svgTags = words(`
  svg g defs symbol use image path rect circle ellipse line polyline polygon text tspan textpath title desc metadata
  a switch view style foreignobject marker mask clippath pattern lineargradient radialgradient stop filter feblend
  fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight
  fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset
  fepointlight fespecularlighting fespotlight fetile feturbulence animate animatemotion animatetransform set mpath
`);

export const mathTags = words(`
  math mrow mi mn mo ms mspace mtext mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup msubsup
  munder mover munderover mmultiscripts mprescripts none mtable mtr mtd maction semantics annotation annotation-xml
`);

/** Elements that show or run another document: a hatched box stands for them. */
const foreignTags = words('object embed applet frame frameset portal fencedframe param bgsound');

const customName = /^[a-z][a-z0-9._\-\u00b7-\u{10ffff}]*-[a-z0-9._\-\u00b7-\u{10ffff}]*$/u;
const reservedCustomNames = words(`
  annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph
`);

export function isCustomName(tag: string): boolean {
  return tag.length <= 100 && customName.test(tag) && !reservedCustomNames.has(tag);
}

const shadowHosts = words(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span',
);

/** `attachShadow` throws on any other element, and a throw in the middle of a rebuild loses the page. */
export function canHostShadow(tag: string, isSvg: boolean): boolean {
  return !isSvg && (shadowHosts.has(tag) || isCustomName(tag));
}

export interface TagRule {
  tag: string;
  /** Attributes and children stay. */
  whole: boolean;
  /** A hatched box with a lock stands for it. */
  blocked: boolean;
}

/** The element to build for a recorded tag name. */
export function ruleForTag(name: string, isSvg: boolean): TagRule {
  const tag = name.toLowerCase();
  if (isSvg) {
    return svgTags.has(tag)
      ? { tag, whole: true, blocked: false }
      : { tag: 'g', whole: false, blocked: false };
  }
  if (tag === 'script' || tag === 'noscript') return { tag: 'noscript', whole: false, blocked: false };
  if (foreignTags.has(tag)) return { tag: 'div', whole: false, blocked: true };
  if (htmlTags.has(tag) || mathTags.has(tag) || isCustomName(tag))
    return { tag, whole: true, blocked: false };
  /** Unknown elements, and SVG elements that a page made without their namespace, are boxes without meaning. */
  return { tag: 'span', whole: true, blocked: false };
}

/** Attributes that may stand with any value: they name, style or describe, and load nothing. */
const plainAttributes = words(`
  class id title lang xml:lang xml:space dir hidden role slot part exportparts tabindex translate inert popover
  contenteditable spellcheck draggable enterkeyhint inputmode is itemscope itemprop itemtype itemid name value type
  checked selected disabled readonly required multiple placeholder min max step minlength maxlength size pattern
  accept autocomplete list for form label open reversed start span colspan rowspan headers scope abbr rows cols wrap
  width height alt sizes media loading decoding fetchpriority ismap controls loop muted playsinline default kind
  srclang shape coords high low optimum datetime align valign bgcolor color face border cellpadding cellspacing
  clear compact frame rules noshade nowrap text link vlink alink hspace vspace marginheight marginwidth frameborder
  scrolling char charoff summary scrollamount scrolldelay
  xmlns xmlns:xlink version viewbox preserveaspectratio d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate points
  pathlength transform gradienttransform gradientunits spreadmethod offset patterntransform patternunits
  patterncontentunits maskunits maskcontentunits clippathunits markerwidth markerheight markerunits orient refx refy
  textlength lengthadjust startoffset method spacing side filterunits primitiveunits in in2 result mode operator
  k1 k2 k3 k4 order kernelmatrix divisor bias targetx targety edgemode preservealpha surfacescale diffuseconstant
  specularconstant specularexponent limitingconeangle pointsatx pointsaty pointsatz azimuth elevation z radius
  stddeviation scale xchannelselector ychannelselector tablevalues slope intercept amplitude exponent basefrequency
  numoctaves seed stitchtiles values fill stroke opacity filter mask cursor display overflow visibility clip
  requiredextensions systemlanguage attributetype begin dur end repeatcount repeatdur from to by calcmode keytimes
  keysplines keypoints path additive accumulate restart origin
  mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel linethickness stretchy symmetric fence
  separator lspace rspace accent accentunder movablelimits largeop minsize maxsize notation separators
  columnalign rowalign columnspacing rowspacing columnlines rowlines frame framespacing columnspan actiontype
`);

/** They load, submit, navigate or take the focus; no value of them is of use to a replay. */
const neverAttributes = words(`
  srcdoc action formaction formmethod formtarget formenctype formnovalidate method enctype target ping download
  autofocus autoplay nonce integrity crossorigin http-equiv content charset rel as imagesrcset imagesizes manifest
  background data classid codebase codetype archive cite longdesc profile sandbox allow allowfullscreen csp
  referrerpolicy attributionsrc attributiondestination attributionsourceid browsingtopics sharedstoragewritable
  adauctionheaders credentialless shadowrootmode popovertarget popovertargetaction commandfor command
  autocorrect accesskey src srcset poster href xlink:href usemap lowsrc dynsrc
`);

/** Named form controls and images hide these members of their form or document from the code that rebuilds it. */
const memberNames = words(`
  appendChild insertBefore removeChild replaceChild childNodes firstChild lastChild nextSibling previousSibling
  parentNode parentElement nodeName nodeType tagName attributes setAttribute setAttributeNS getAttribute hasAttribute
  removeAttribute classList style shadowRoot attachShadow ownerDocument isConnected contains getRootNode matches
  closest querySelector querySelectorAll getElementsByTagName getBoundingClientRect scrollTo scrollLeft scrollTop
  textContent addEventListener dispatchEvent focus blur children sheet head body documentElement defaultView
  adoptedStyleSheets fonts createElement createElementNS implementation open close write firstElementChild
  elementFromPoint getSelection insertAdjacentElement append prepend remove before after
`);

const attributeName = /^[A-Za-z_:][A-Za-z0-9_:.-]{0,99}$/;
/** Frameworks mark elements for their style sheets (`data-v-7a`, `_ngcontent-abc`); no such name has a meaning in HTML. */
const markName = /^[a-z_][a-z0-9_.]*-[a-z0-9_.-]*$/;
const token = /^[\w-]{0,60}$/;
const cssLength = /^-?[\d.]{1,12}(px|%|em|rem|vw|vh)?$/;
const maxValueChars = 256 * 1024;
/** A style sheet longer than this is cut: the largest found on real pages are about 2 MB. */
export const maxStyleChars = 8 * 1024 * 1024;

const animatableAddress = /^(xlink:)?href$|^src$|^on/i;
/** An animation could set an address; numbers, colours and paths need neither colon nor slash. */
const animationValues = words('to from by values');
/** A part of another drawing. */
const drawingPart = /^rapport-asset:\d{1,9}#[-\w:.]{1,100}$/;
const srcsetCandidate = /rapport-asset:\d{1,9}(?:\s+[\d.]{1,8}[wx])?(?=\s*(?:,|$))/gi;

export type CleanAttribute =
  | { kind: 'kept'; name: string; value: string | number | true }
  | { kind: 'place'; name: string; template: string }
  | { kind: 'blocked'; label: 'frame' | 'box' }
  | { kind: 'dropped' };

const dropped: CleanAttribute = { kind: 'dropped' };
const kept = (name: string, value: string | number | true): CleanAttribute => ({ kind: 'kept', name, value });

function cleanImage(name: string, text: string): CleanAttribute {
  const address = judgeAddress(text, 'image');
  if (address.kind === 'asset') return { kind: 'place', name, template: `rapport-asset:${address.ref}` };
  return address.kind === 'data' ? kept(name, address.text) : dropped;
}

function cleanAddress(tag: string, name: string, lower: string, text: string): CleanAttribute {
  switch (lower) {
    case 'src':
      return tag === 'img' || tag === 'input' ? cleanImage(name, text) : dropped;
    case 'poster':
      return tag === 'video' ? cleanImage(name, text) : dropped;
    case 'srcset': {
      if (tag !== 'img' && tag !== 'source') return dropped;
      const template = (text.slice(0, maxValueChars).match(srcsetCandidate) ?? []).join(', ');
      return template === '' ? dropped : { kind: 'place', name, template };
    }
    case 'href':
    case 'xlink:href': {
      if (tag === 'a' || tag === 'area') return kept(name, '#');
      if (tag === 'image' || tag === 'feimage') {
        const image = cleanImage(name, text);
        if (image.kind !== 'dropped') return image;
      }
      if (tag === 'link' || tag === 'base') return dropped;
      if (tag === 'use' && drawingPart.test(text)) return { kind: 'place', name, template: text };
      const address = judgeAddress(text, 'image');
      return address.kind === 'fragment' ? kept(name, address.text) : dropped;
    }
    default:
      return dropped;
  }
}

/** `rr_…`: what rrweb records beside attributes. */
function cleanRecorded(tag: string, name: string, value: unknown): CleanAttribute {
  switch (name) {
    case 'rr_scrollTop':
    case 'rr_scrollLeft':
      return typeof value === 'number' && Number.isFinite(value) ? kept(name, value) : dropped;
    case 'rr_width':
    case 'rr_height':
      return typeof value === 'string' && cssLength.test(value) ? kept(name, value) : dropped;
    case 'rr_open_mode':
      return tag === 'dialog' && (value === 'modal' || value === 'non-modal') ? kept(name, value) : dropped;
    case 'rr_src':
      return tag === 'iframe' ? { kind: 'blocked', label: 'frame' } : dropped;
    case 'rr_dataURL':
      if (typeof value !== 'string' || (tag !== 'img' && tag !== 'canvas')) return dropped;
      return cleanImage(tag === 'img' ? 'src' : 'rr_canvas', value);
    default:
      return dropped;
  }
}

/** Judges one attribute of an element with the tag name `tag` (lower case). `fonts` collects what a style sheet asks for. */
export function cleanAttribute(
  tag: string,
  name: string,
  value: unknown,
  fonts: FontFaceRule[],
  surroundings?: Surroundings,
): CleanAttribute {
  if (!attributeName.test(name)) return dropped;
  if (name.startsWith('rr_')) return cleanRecorded(tag, name, value);
  const lower = name.toLowerCase();
  if (lower.startsWith('on') || value === null || value === undefined || value === false) return dropped;
  if (value !== true && typeof value !== 'string' && !Number.isFinite(value)) return dropped;
  const text = value === true ? '' : String(value);
  if (name === '_cssText') {
    if (tag !== 'style' && tag !== 'link') return dropped;
    const sheet = cleanStyleSheet(text.slice(0, maxStyleChars), surroundings);
    fonts.push(...sheet.fonts);
    return kept(name, sheet.text);
  }
  if (lower === 'src' || lower === 'srcset' || lower === 'poster' || lower.endsWith('href')) {
    return cleanAddress(tag, name, lower, text);
  }
  if (text.length > maxValueChars) return dropped;
  if (lower === 'style') return kept(name, cleanDeclarations(text, surroundings));
  if (lower === 'usemap') return /^#[\w-]{1,100}$/.test(text) ? kept(name, text) : dropped;
  if (neverAttributes.has(lower)) return dropped;
  if (tag === 'link' || tag === 'meta' || tag === 'base') {
    return lower === 'media' && tag === 'link' ? kept(name, text) : dropped;
  }
  if (lower === 'attributename') return animatableAddress.test(text.trim()) ? dropped : kept(name, text);
  if (animationValues.has(lower) && /[:/\\]/.test(text)) return dropped;
  if ((lower === 'id' || lower === 'name') && memberNames.has(text)) return kept(name, `rapport-${text}`);
  if (lower === 'name' && (tag === 'img' || tag === 'form' || tag === 'iframe')) return dropped;
  const isPlain = plainAttributes.has(lower);
  if (isPlain || markName.test(lower) || isCustomName(tag) || token.test(text)) {
    if (lower.startsWith('data-rapport-') && !lower.startsWith('data-rapport-mask')) return dropped;
    /** Presentation attributes (`fill`, `clip-path`) are CSS. */
    const isStyle = !lower.startsWith('data-') && !lower.startsWith('aria-') && /[(\\]/.test(text);
    return kept(name, isStyle ? cleanDeclarations(text) : text);
  }
  return dropped;
}
