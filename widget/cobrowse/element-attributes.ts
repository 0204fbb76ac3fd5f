import { hidesContent } from '../../shared/model/page-privacy.ts';
import { privateRanges } from '../../shared/model/privacy.ts';
import { attributeKind, isGeometry, isSimpleValue, isStructuralId } from './attribute-rules.ts';
import { isFormField, parentAcross } from './dom-nodes.ts';
import { type FieldValues, optionToken, selectOf } from './field-values.ts';
import type { PagePrivacy } from './node-privacy.ts';
import type { Attributes, AttributeValue, StyleDiff } from './recorded-event.ts';
import type { ShownText } from './shown-text.ts';
import { cleanStyleText, cleanStyleValue } from './style-text.ts';
import type { StyleTokens } from './style-tokens.ts';

/** Names the content behind an address; `isPrivate`: only the size of the image may be known. */
export type AssetNamer = (url: string, options: { element?: Element; isPrivate?: boolean }) => string;

export interface ElementAttributes {
  /** All attributes that may be shown, of those recorded. */
  of(element: Element, recorded: Attributes): Attributes;
  /** Changed ones; null where an attribute is gone. */
  changed(element: Element, recorded: Attributes): Attributes;
  /** A box in the place of a blocked element. */
  ofBlocked(element: Element, recorded: Attributes): Attributes;
  styleText(css: string): string;
  styleValue(property: string, value: string): string;
  /** The image that an element shows now, or null. */
  image(element: Element): string | null;
}

const mediaSource = /^(?:src|srcset|sizes|poster|imagesrcset|background|data)$/;
const ownNames =
  /^(?:class|id|style|_csstext|href|xlink:href|selected|checked|value|placeholder|rr_scroll(?:left|top)|rr_open_mode)$/;
/** The same sheets come with every snapshot. */
const minKeptChars = 1_000;
const maxKeptStyles = 100;
const number = /^-?\d+(?:\.\d+)?$/;

export function createElementAttributes(parts: {
  privacy: PagePrivacy;
  fields: FieldValues;
  text: ShownText;
  tokens: StyleTokens;
  asset: AssetNamer;
  idOf(node: Node): number;
}): ElementAttributes {
  const { privacy, fields, text, tokens, asset, idOf } = parts;
  const keptStyles = new Map<string, { clean: string; urls: Set<string> }>();
  const publicAsset = (url: string) => asset(url, {});
  const privateAsset = (url: string) => asset(url, { isPrivate: true });

  const isSvg = (element: Element) => element.namespaceURI === 'http://www.w3.org/2000/svg';
  const isMasked = (element: Element) => hidesContent(privacy.of(element).level);

  function image(element: Element): string | null {
    const isPrivate = isMasked(element);
    let url = '';
    if (element.localName === 'img') {
      const img = element as HTMLImageElement;
      url = img.currentSrc || (img.srcset ? '' : img.src);
    } else if (element.localName === 'video') url = (element as HTMLVideoElement).poster;
    else if (element.localName === 'image') {
      url = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
    } else if (isFormField(element)) {
      const input = element as HTMLInputElement;
      url = input.type === 'image' ? input.src : '';
    } else return null;
    return url ? asset(url, { element, isPrivate }) : null;
  }

  function classes(value: string): string {
    if (privateRanges(value).length === 0) return value;
    return value
      .split(/\s+/)
      .filter((name) => privateRanges(name).length === 0)
      .join(' ');
  }

  /** Undefined: stays in the page. */
  function one(element: Element, name: string, value: AttributeValue): AttributeValue | undefined {
    const tag = element.localName;
    const lower = name.toLowerCase();
    if (typeof value === 'object' && value !== null) {
      return lower === 'style' ? styleDiff(element, value) : undefined;
    }
    const raw = value === true ? '' : String(value);
    if (lower.startsWith('on')) return undefined;
    if (lower.startsWith('rr_')) return own(lower, value);
    switch (lower) {
      case 'class':
        return classes(raw);
      case 'id':
        return tokens.hasId(raw) || isSvg(element) || (!isMasked(element) && isStructuralId(raw))
          ? raw
          : undefined;
      case 'style':
        return cleanStyleText(raw, isMasked(element) ? privateAsset : publicAsset);
      case '_csstext':
        return tag === 'style' || tag === 'link' ? styleText(raw) : undefined;
      case 'href':
        if (tag === 'a' || tag === 'area') return '#';
        return isSvg(element) ? reference(element, raw) : undefined;
      case 'xlink:href':
        return reference(element, raw);
      case 'selected':
        return undefined;
      case 'checked':
        return isFormField(element) && fields.isChecked(element) ? true : undefined;
      case 'value':
        if (tag === 'select') return undefined;
        if (isFormField(element)) return fields.shown(element) ?? undefined;
        if (tag === 'option') return shownSelect(element) ? optionToken(idOf(element)) : undefined;
        return attributeKind(tag, lower, false) === 'plain' && number.test(raw) && !isMasked(element)
          ? raw
          : undefined;
      case 'placeholder':
        if (privacy.of(element).level === 'unmasked') return text.words(raw);
        // A blank stays, so that `:placeholder-shown` matches as in the page.
        return ' ';
      case 'label':
        if (tag === 'option' || tag === 'optgroup') return shownSelect(element) ? text.words(raw) : '';
    }
    if (mediaSource.test(lower)) return undefined;
    switch (attributeKind(tag, lower, isSvg(element))) {
      case 'plain':
        if (!isSimpleValue(raw, isSvg(element))) break;
        if ((isSvg(element) && isGeometry(raw)) || privateRanges(raw).length === 0) return value;
        break;
      case 'words':
        if (privacy.of(element).level === 'unmasked') return text.words(raw);
    }
    const token = tokens.shown(lower, raw);
    return token !== null && privateRanges(token).length === 0 ? token : undefined;
  }

  /** A part of this document, or for `<use>` of a drawing that the page has loaded. */
  function reference(element: Element, raw: string): string | undefined {
    const [, url, part] = /^([^#]*)(#[-\w:.]+)$/.exec(raw) ?? [];
    if (!part || !url) return part;
    return element.localName === 'use' && !isMasked(element) ? asset(url, {}) + part : undefined;
  }

  /** rrweb's own marks. */
  function own(name: string, value: AttributeValue): AttributeValue | undefined {
    if (/^rr_scroll(?:Left|Top)$/i.test(name)) return typeof value === 'number' ? value : undefined;
    if (name === 'rr_open_mode') return value === 'modal' ? 'modal' : 'non-modal';
    return undefined;
  }

  function shownSelect(option: Element): boolean {
    const select = selectOf(option);
    return select !== null && fields.isChoiceShown(select);
  }

  function styleDiff(element: Element, diff: StyleDiff): StyleDiff {
    const name = isMasked(element) ? privateAsset : publicAsset;
    const clean: StyleDiff = {};
    for (const [property, value] of Object.entries(diff)) {
      if (!/^-{0,2}[-\w]+$/.test(property)) continue;
      if (value === false) clean[property] = false;
      else if (typeof value === 'string') clean[property] = cleanStyleValue(property, value, name);
      else clean[property] = [cleanStyleValue(property, value[0], name), value[1]];
    }
    return clean;
  }

  function styleText(css: string): string {
    if (css.length < minKeptChars) return cleanStyleText(css, publicAsset);
    const known = keptStyles.get(css);
    if (known) {
      // Named again: the addresses belong to this epoch, too.
      for (const url of known.urls) publicAsset(url);
      return known.clean;
    }
    const urls = new Set<string>();
    const clean = cleanStyleText(css, (url) => {
      urls.add(url);
      return publicAsset(url);
    });
    if (keptStyles.size >= maxKeptStyles) keptStyles.clear();
    keptStyles.set(css, { clean, urls });
    return clean;
  }

  /** A name that `one` lets out for some value: the page chooses names, too, and may put anything into them. */
  function canShow(element: Element, name: string): boolean {
    return (
      ownNames.test(name) ||
      tokens.hasName(name) ||
      attributeKind(element.localName, name, isSvg(element)) !== 'other'
    );
  }

  function setImage(element: Element, into: Attributes): void {
    const source = image(element);
    if (source === null) return;
    into[element.localName === 'image' ? 'href' : element.localName === 'video' ? 'poster' : 'src'] = source;
  }

  return {
    of(element, recorded) {
      const shown: Attributes = {};
      for (const [name, value] of Object.entries(recorded)) {
        const clean = value === null ? undefined : one(element, name, value);
        if (clean !== undefined) shown[name] = clean;
      }
      if (isFormField(element)) {
        const value = fields.shown(element);
        if (value !== null && element.localName !== 'select') shown.value = value;
        if (fields.isChecked(element)) shown.checked = true;
      }
      if (element.localName === 'option' && shownSelect(element)) {
        shown.value = optionToken(idOf(element));
        if ((element as HTMLOptionElement).selected) shown.selected = true;
      }
      if (element.localName === 'iframe' && !(element as HTMLIFrameElement).contentDocument) {
        // The viewer labels it: what a frame of another site shows is not ours to read.
        shown.rr_src = '';
      }
      setImage(element, shown);
      const parent = parentAcross(element);
      if (privacy.of(element).level === 'masked' && !(parent && privacy.of(parent).level === 'masked')) {
        shown['data-rapport-masked'] = '';
      }
      return shown;
    },
    changed(element, recorded) {
      const shown: Attributes = {};
      for (const [name, value] of Object.entries(recorded)) {
        if (mediaSource.test(name) || (name.endsWith('href') && element.localName === 'image')) {
          setImage(element, shown);
          continue;
        }
        const clean = value === null ? null : one(element, name, value);
        // What was shown before must not stay when its new value may not be shown.
        if (canShow(element, name.toLowerCase())) shown[name] = clean ?? null;
      }
      return shown;
    },
    ofBlocked(element, recorded) {
      const { width, height } = element.getBoundingClientRect();
      const isInline = element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline';
      return {
        ...(isInline ? { style: 'display: inline-block' } : {}),
        class: typeof recorded.class === 'string' ? classes(recorded.class) : '',
        rr_width: `${Math.round(width)}px`,
        rr_height: `${Math.round(height)}px`,
      };
    },
    styleText,
    styleValue: (property, value) => cleanStyleValue(property, value, publicAsset),
    image,
  };
}
