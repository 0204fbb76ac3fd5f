import { selectorsFor } from '../../shared/model/page-address.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import { mediaFeatures } from '../../shared/model/surroundings.ts';
import { isElement, isFormField, parentAcross } from './dom-nodes.ts';
import { type AssetNamer, createElementAttributes, type ElementAttributes } from './element-attributes.ts';
import { createFieldValues, type FieldValues } from './field-values.ts';
import { createPagePrivacy, type NodePrivacy, type PagePrivacy } from './node-privacy.ts';
import {
  type AddedNode,
  type Attributes,
  type ElementRecord,
  type IncrementalData,
  type MutationData,
  mutation,
  type NodeRecord,
  type RecordedEvent,
  type StyleRuleChange,
} from './recorded-event.ts';
import { createShownText, type ShownText } from './shown-text.ts';
import { createStyleTokens } from './style-tokens.ts';

/** For parts that tell something beside what is recorded: they ask the same questions. */
export interface FilterInside {
  privacy: PagePrivacy;
  fields: FieldValues;
  text: ShownText;
  attributes: ElementAttributes;
  /** The mirror has this node, and it does not stand inside of something blocked. */
  isTold(id: number): boolean;
  /** Before the page is looked at anew. */
  beginTurn(): void;
}

/** The recorder's register of nodes. */
export interface NodeRegister {
  nodeOf(id: number): Node | null;
  idOf(node: Node): number;
}

/**
 * Every recorded event passes through here before anything else sees it, and is built anew from what the allow-list
 * names: what this file does not copy stays in the page. Whether something may be shown is asked of the live page at
 * the moment of the event, not of what was recorded.
 */
export interface PrivacyFilter {
  inside: FilterInside;
  /** Events that may leave. */
  pass(event: RecordedEvent): RecordedEvent[];
  /** The next event begins a full snapshot. */
  startEpoch(): void;
  /** An image of the page has loaded; it may be another one than its attributes said. */
  imageLoaded(element: Element): RecordedEvent[];
  /** Style text of a sheet that the recorder could not read. */
  styleLoaded(link: Element, css: string): RecordedEvent[];
  /** The page's title, without what the visitor has typed into secret fields. */
  shownTitle(title: string): string;
  /** A field's value as it may be shown, '' when it may not be put into the mirror. */
  shownValue(field: Node): string;
  /** What agents may see of an element now, and so may touch. */
  privacyOf(element: Element): NodePrivacy & { isSecret: boolean };
  /** What was shown has become private, by other rules or other marks: only a new snapshot takes it back. */
  hasPrivacyChanged(): boolean;
  pieces: PieceFilter;
}

/** A page that is read node by node, in several turns of its time. */
export interface PieceFilter {
  beginTurn(): void;
  /** A style sheet, before anything that it styles. */
  learn(style: NodeRecord): void;
  /** A node as it may be shown, without its children; `isOpen`: these may be shown as well. */
  piece(record: NodeRecord): { clean: NodeRecord; isOpen: boolean } | null;
  /** Text nodes that hide a part of the same number as this one. */
  spannedWith(node: Node): Node[];
  /** An attribute that says what is private may have changed. */
  markChanged(change: { attributes: Attributes }): void;
  /** What only now turns out to matter. */
  late(): RecordedEvent[];
}

export interface PrivacyFilterParts {
  document: Document;
  nodes: NodeRegister;
  /** Read with every event: the site's settings may change while the page is shared. A change brings a new list of rules. */
  config: SiteConfig['privacy'];
  /** Path of the page's address, for rules. Asked with every event: rules of a new path count at once. */
  path(): string;
  /** An address as it may be shown. */
  address(url: string): string;
  asset: AssetNamer;
  /** Our own elements: no trace of them in the mirror. */
  isOwn(node: Node): boolean;
}

/** Never rendered, or not here: an empty element stands in their place, so that siblings keep their order. */
const emptied =
  /^(?:script|noscript|template|meta|base|param|track|source|datalist|noembed|noframes|frame|frameset)$/;
/** Content of another program: a box of its size. */
const foreign = /^(?:object|embed|applet)$/;
const tagName = /^[a-z][-\w.:]{0,63}$/i;
/** Those that make browsers lay out a page as old ones did. */
const knownDoctype = /^-\/\/W3C\/\/DTD (?:XHTML 1\.0|HTML 4\.01) (?:Transitional|Frameset)\/\/EN$/i;
const maxRememberedFields = 5_000;

/** Copies numbers and truth values, and nothing that could hold a word. */
function numbers<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  const copy: Partial<T> = {};
  for (const name of names) if (/^(?:num|boo)/.test(typeof from[name])) copy[name] = from[name];
  return copy as Pick<T, K>;
}

export function createPrivacyFilter(parts: PrivacyFilterParts): PrivacyFilter {
  const { document, nodes, config, isOwn } = parts;
  const { nodeOf, idOf } = nodes;
  const privacy = createPagePrivacy(document);
  const fields = createFieldValues({ privacy, idOf });
  const text = createShownText({ privacy, fields });
  const tokens = createStyleTokens();
  const attributes = createElementAttributes({ privacy, fields, text, tokens, asset: parts.asset, idOf });

  /** Nodes of this epoch that the mirror has. */
  let sent = new Set<number>();
  let sentPrivate = new WeakSet<Element>();
  let frameSizes = new Map<number, number>();
  let lastValues = new Map<number, string>();
  let path: string | null = null;
  let rulesThen: object | null = null;
  let selectors = '';
  let hasChanged = false;

  function beginTurn(): void {
    followPath();
    privacy.beginTurn();
    text.beginTurn();
  }

  function followPath(): void {
    const { rules, strict } = config;
    if (path === parts.path() && rules === rulesThen) return;
    path = parts.path();
    rulesThen = rules;
    const chosen = selectorsFor(rules, path);
    const wanted = JSON.stringify([chosen, strict]);
    if (wanted === selectors) return;
    selectors = wanted;
    hasChanged = true;
    privacy.choose(chosen, strict);
  }

  /** Clean style text. Its selectors say which attributes matter, so it is read before what it styles. */
  function styleText(css: unknown): string {
    const clean = attributes.styleText(String(css ?? ''));
    tokens.learn(clean);
    return clean;
  }

  // ── nodes ────────────────────────────────────────────────────────────────────────────────────────────────

  function learnStyles(record: NodeRecord): void {
    if (record.type === 2 && record.attributes._cssText) styleText(record.attributes._cssText);
    for (const child of childrenOf(record)) learnStyles(child);
  }

  function rebuilt(record: NodeRecord): NodeRecord | null {
    const node = nodeOf(record.id);
    if (!node || isOwn(node)) return null;
    const base = numbers(record, 'id', 'rootId', 'isShadow');
    sent.add(record.id);
    switch (record.type) {
      case 0:
        return {
          ...base,
          type: 0,
          ...(record.compatMode === 'BackCompat' ? { compatMode: 'BackCompat' } : {}),
          childNodes: rebuiltChildren(record),
        };
      case 1:
        return {
          ...base,
          type: 1,
          name: 'html',
          publicId: knownDoctype.exec(record.publicId)?.[0] ?? '',
          systemId: '',
        };
      case 2:
        return isElement(node) ? { ...base, type: 2, ...rebuiltElement(record, node) } : null;
      case 3:
        return { ...base, type: 3, textContent: textOf(node, record.textContent) };
      default:
        return { ...base, type: 5, textContent: '' };
    }
  }

  function rebuiltElement(record: ElementRecord, element: Element): Omit<ElementRecord, 'id' | 'type'> {
    const { level } = privacy.of(element);
    const { localName } = element;
    if (level === 'blocked' || level === 'masked') sentPrivate.add(element);
    const shell = {
      tagName: tagName.test(localName) ? record.tagName : 'span',
      attributes: {},
      childNodes: [],
      ...numbers(record, 'isSVG'),
    };
    if (emptied.test(localName))
      return { ...shell, tagName: localName === 'source' ? localName : 'noscript' };
    if (isHidden(element)) return { ...shell, attributes: { type: 'hidden' } };
    if (level === 'blocked' || foreign.test(localName)) {
      if (level !== 'blocked') shell.tagName = 'div';
      return { ...shell, attributes: attributes.ofBlocked(element, record.attributes) };
    }
    return {
      ...shell,
      ...numbers(record, 'isCustom', 'isShadowHost'),
      attributes: attributes.of(element, record.attributes),
      childNodes: localName === 'textarea' ? [] : rebuiltChildren(record),
    };
  }

  function rebuiltChildren(record: NodeRecord): NodeRecord[] {
    const children: NodeRecord[] = [];
    for (const child of childrenOf(record)) {
      const clean = rebuilt(child);
      if (clean) children.push(clean);
    }
    return children;
  }

  function textOf(node: Node, recorded: string | null): string {
    const parent = node.parentNode;
    return isElement(parent) && parent.localName === 'style' ? styleText(recorded) : text.of(node);
  }

  /** The mirror has this node, and it does not stand inside of something blocked. */
  function isTold(id: number): boolean {
    const node = nodeOf(id);
    if (!node || !sent.has(id)) return false;
    const parent = parentAcross(node);
    return !parent || privacy.of(parent).level !== 'blocked';
  }

  /** Changes inside of this node may be told. */
  function isOpen(node: Node | null | undefined): boolean {
    if (!node || !sent.has(idOf(node)) || privacy.of(node).level === 'blocked') return false;
    return !isElement(node) || !(emptied.test(node.localName) || node.localName === 'textarea');
  }

  // ── mutations ────────────────────────────────────────────────────────────────────────────────────────────

  function passMutation(data: MutationData): IncrementalData | null {
    for (const add of data.adds) learnStyles(add.node);
    const clean = mutation({
      adds: data.adds.flatMap(passAdd),
      removes: data.removes
        .filter((remove) => sent.has(remove.id) && sent.has(remove.parentId))
        .map((remove) => numbers(remove, 'parentId', 'id', 'isShadow')),
    });
    for (const { id, value } of data.texts) {
      const node = nodeOf(id);
      const parent = node?.parentNode;
      if (!node || !sent.has(id) || !isOpen(parent?.nodeType === 11 ? parentAcross(parent) : parent))
        continue;
      clean.texts.push({ id, value: textOf(node, value) });
      tellSpanned(node, clean);
    }
    for (const { node } of clean.adds) {
      const live = node.type === 3 && nodeOf(node.id);
      if (live) tellSpanned(live, clean);
    }
    for (const change of data.attributes) passAttributes(change, clean);
    if (data.isAttachIframe) clean.isAttachIframe = true;
    const { adds, removes, texts } = clean;
    return adds.length + removes.length + texts.length + clean.attributes.length > 0 ? clean : null;
  }

  /** A number that goes on in a text node sent before: that one must hide its part, too. */
  function tellSpanned(node: Node, clean: MutationData): void {
    for (const other of text.spannedWith(node)) {
      const id = idOf(other);
      const isThere =
        clean.texts.some((each) => each.id === id) || clean.adds.some((each) => each.node.id === id);
      if (!isThere && other.nodeType === 3 && sent.has(id)) clean.texts.push({ id, value: text.of(other) });
    }
  }

  function passAdd({ parentId, nextId, node: record }: AddedNode): AddedNode[] {
    if (!isOpen(nodeOf(parentId))) return [];
    // A frame tells its document each time it is looked at, at first while it still loads.
    if (record.type === 0) {
      const size = nodeCount(record);
      if (size <= (frameSizes.get(record.id) ?? 0)) return [];
      frameSizes.set(record.id, size);
    }
    const node = rebuilt(record);
    // The next sibling may have been left out: the one after it, then.
    let next = nextId === null ? null : nodeOf(nextId);
    while (next && !sent.has(idOf(next))) next = next.nextSibling;
    return node ? [{ parentId, nextId: next ? idOf(next) : null, node }] : [];
  }

  function markChanged({ attributes: changed }: { attributes: Attributes }): void {
    if (Object.keys(changed).some((name) => name.startsWith('data-rapport-'))) hasChanged = true;
  }

  function passAttributes(change: { id: number; attributes: Attributes }, clean: MutationData): void {
    const element = nodeOf(change.id);
    if (!isElement(element) || !isTold(change.id) || emptied.test(element.localName)) return;
    markChanged(change);
    if (privacy.of(element).level === 'blocked' || isHidden(element)) return;
    if (change.attributes._cssText) styleText(change.attributes._cssText);
    const shown = attributes.changed(element, change.attributes);
    if (isFormField(element) && 'type' in change.attributes) {
      // The type decides whether the value may be shown.
      const value = fields.shown(element);
      if (value !== null && element.localName !== 'select') shown.value = value;
    }
    if (Object.keys(shown).length > 0) clean.attributes.push({ id: change.id, attributes: shown });
  }

  /** Attributes that only now turn out to matter, because a sheet has come that names them. */
  function lateTokens(): IncrementalData | null {
    const names = tokens.takeNew();
    const found = mutation({});
    for (const id of names.length > 0 ? sent : []) {
      const element = nodeOf(id);
      if (!isElement(element)) continue;
      const present: Attributes = {};
      for (const name of names) {
        if (element.hasAttribute(name)) present[name] = element.getAttribute(name);
      }
      if (Object.keys(present).length > 0) passAttributes({ id, attributes: present }, found);
    }
    return found.attributes.length > 0 ? found : null;
  }

  // ── other events ─────────────────────────────────────────────────────────────────────────────────────────

  function rules(changes: StyleRuleChange[]): StyleRuleChange[] {
    return changes.map(({ rule, index }) => ({
      rule: styleText(rule),
      ...(index === undefined ? {} : { index }),
    }));
  }

  /** What a change of a style sheet is about; null: of a sheet that the mirror does not have. */
  function styleTarget(data: { id?: number; styleId?: number }): { id?: number; styleId?: number } | null {
    if (data.styleId !== undefined && data.styleId !== -1) return numbers(data, 'styleId');
    return data.id !== undefined && isTold(data.id) ? numbers(data, 'id') : null;
  }

  function passIncremental(data: IncrementalData): IncrementalData | null {
    const { source } = data;
    switch (source) {
      case 0:
        return passMutation(data);
      case 1:
      case 6:
      case 12: {
        const root = idOf(document.documentElement);
        const positions = data.positions.map((position) => ({
          ...numbers(position, 'x', 'y', 'timeOffset'),
          id: isTold(position.id) ? position.id : root,
        }));
        return { source, positions };
      }
      case 2:
        return isTold(data.id) ? { source, ...numbers(data, 'type', 'id', 'x', 'y', 'pointerType') } : null;
      case 3:
        return isTold(data.id) ? { source, ...numbers(data, 'id', 'x', 'y') } : null;
      case 4:
        return { source, ...numbers(data, 'width', 'height') };
      case 5:
        return passInput(data.id);
      case 8: {
        const target = styleTarget(data);
        return (
          target && {
            source,
            ...target,
            ...(data.adds && { adds: rules(data.adds) }),
            ...(data.removes && { removes: data.removes.map(({ index }) => ({ index })) }),
            ...(data.replace !== undefined && { replace: styleText(data.replace) }),
            ...(data.replaceSync !== undefined && { replaceSync: styleText(data.replaceSync) }),
          }
        );
      }
      case 13: {
        const target = styleTarget(data);
        const { set, remove, index } = data;
        const value = set && set.value !== null ? attributes.styleValue(set.property, `${set.value}`) : null;
        const priority = set?.priority ? 'important' : undefined;
        return (
          target && {
            source,
            ...target,
            index,
            ...(set && { set: { property: set.property, value, priority } }),
            ...(remove && { remove: { property: remove.property } }),
          }
        );
      }
      case 15: {
        if (!isTold(data.id)) return null;
        const { id, styleIds, styles } = data;
        const clean = styles?.map((style) => ({ styleId: style.styleId, rules: rules(style.rules) }));
        return { source, id, styleIds, ...(clean && { styles: clean }) };
      }
      default:
        return null;
    }
  }

  function passInput(id: number): IncrementalData | null {
    const field = nodeOf(id);
    if (!field || !isFormField(field) || !isTold(id) || isHidden(field)) return null;
    const value = fields.shown(field);
    const isChecked = fields.isChecked(field);
    if (value === null && !/^(?:checkbox|radio)$/.test(field.type)) return null;
    // A masked value looks the same after each key: telling it again would only tell the visitor's rhythm.
    const told = `${isChecked} ${value}`;
    if (lastValues.get(id) === told) return null;
    if (lastValues.size > maxRememberedFields) lastValues = new Map();
    lastValues.set(id, told);
    return { source: 5, id, text: value ?? 'on', isChecked };
  }

  function events(timestamp: number, ...all: (IncrementalData | null)[]): RecordedEvent[] {
    return all.flatMap((data) => (data ? [{ type: 3, timestamp, data }] : []));
  }

  function changed(id: number, shown: Attributes): IncrementalData {
    return mutation({ attributes: [{ id, attributes: shown }] });
  }

  return {
    inside: { privacy, fields, text, attributes, isTold, beginTurn },
    pass(event) {
      beginTurn();
      const { timestamp } = event;
      switch (event.type) {
        case 2: {
          learnStyles(event.data.node);
          tokens.takeNew();
          const node = rebuilt(event.data.node);
          const initialOffset = numbers(event.data.initialOffset, 'top', 'left');
          return node ? [{ type: 2, timestamp, data: { node, initialOffset } }] : [];
        }
        case 3:
          return events(timestamp, passIncremental(event.data), lateTokens());
        case 4: {
          const href = parts.address(event.data.href);
          const around = { media: mediaFeatures.filter(isSo), density: devicePixelRatio };
          return [
            { type: 4, timestamp, data: { href, ...numbers(event.data, 'width', 'height'), ...around } },
          ];
        }
        default:
          return [];
      }
    },
    startEpoch() {
      sent = new Set();
      sentPrivate = new WeakSet();
      frameSizes = new Map();
      lastValues = new Map();
      followPath();
      hasChanged = false;
      tokens.takeNew();
    },
    imageLoaded(element) {
      beginTurn();
      const id = idOf(element);
      if (!isTold(id) || privacy.of(element).level === 'blocked') return [];
      const src = attributes.image(element);
      return src === null ? [] : events(Date.now(), changed(id, { src }));
    },
    styleLoaded(link, css) {
      beginTurn();
      const id = idOf(link);
      return isTold(id) ? events(Date.now(), changed(id, { _cssText: styleText(css) }), lateTokens()) : [];
    },
    shownTitle(title) {
      return text.words(title);
    },
    shownValue(field) {
      beginTurn();
      return (isFormField(field) && fields.shown(field)) || '';
    },
    privacyOf(element) {
      beginTurn();
      return { ...privacy.of(element), isSecret: isFormField(element) && privacy.isNeverShown(element) };
    },
    hasPrivacyChanged() {
      followPath();
      return (
        hasChanged ||
        privacy.privateElements().some((element) => !sentPrivate.has(element) && sent.has(idOf(element)))
      );
    },
    pieces: {
      beginTurn,
      learn(style) {
        learnStyles(style);
        tokens.takeNew();
      },
      piece(record) {
        const clean = rebuilt(record);
        const node = nodeOf(record.id);
        return clean && { clean, isOpen: isOpen(node) && !foreign.test((node as Element).localName) };
      },
      spannedWith: text.spannedWith,
      markChanged,
      late: () => events(Date.now(), lateTokens()),
    },
  };
}

const isSo = (feature: string) => matchMedia(`(${feature})`).matches;

function isHidden(element: Node): boolean {
  return isFormField(element) && element.type === 'hidden';
}

function childrenOf(record: NodeRecord): NodeRecord[] {
  return record.type === 0 || record.type === 2 ? record.childNodes : [];
}

function nodeCount(record: NodeRecord): number {
  return childrenOf(record).reduce((sum, child) => sum + nodeCount(child), 1);
}
