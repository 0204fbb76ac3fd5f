import { type AssetBinding, assetTag } from '../../shared/model/cobrowse-assets.ts';
import { type PageState, stateTag } from '../../shared/model/cobrowse-states.ts';
import { mediaFeatures, type Surroundings } from '../../shared/model/surroundings.ts';
import { canvasContent } from './canvas-content.ts';
import {
  type Fields,
  fail,
  fields,
  integer,
  list,
  Malformed,
  maybeId,
  nodeId,
  number,
  text,
} from './checks.ts';
import type { DocumentMode } from './document-mode.ts';
import { preferredScheme } from './media-answers.ts';
import {
  canHostShadow,
  cleanAttribute,
  isCustomName,
  maxStyleChars,
  type Place,
  ruleForTag,
} from './node-rules.ts';
import { cleanState } from './states/state-rules.ts';
import { cleanDeclarations, cleanStyleSheet, type FontFaceRule, judgeAddress } from './style-text.ts';

/**
 * Turns what a visitor's page sent into events that are safe and well formed for the Replayer. The output is built anew,
 * field by field, so nothing that is not listed here gets through. It keeps the tree of ids, because a dangling id, a
 * cycle or a sibling under another parent would make the Replayer throw in the middle of a change.
 *
 * Harmless surplus (unknown events, elements, attributes, ids that are gone) is dropped in silence; a batch that cannot
 * come from our recorder is refused as a whole. Never throws.
 */

/** rrweb's event types and sources, as far as they are replayed. */
export const eventType = { fullSnapshot: 2, incremental: 3, meta: 4, custom: 5 } as const;
export const source = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  styleSheetRule: 8,
  font: 10,
  drag: 12,
  styleDeclaration: 13,
  selection: 14,
  adoptedStyleSheet: 15,
} as const;

export interface CleanEvent {
  type: number;
  data: object;
}

/** One thing for the player to do, in order. */
export type Step =
  | { kind: 'event'; event: CleanEvent; places: Place[]; fonts: FontFaceRule[] }
  | { kind: 'asset'; binding: AssetBinding }
  | { kind: 'state'; state: PageState };

export type Checked = { ok: true; steps: Step[] } | { ok: false; reason: string };

export interface Validator {
  check(events: unknown): Checked;
}

/** A batch holds one flush of 80 ms, or at the start one snapshot: more events are a flood. */
const maxEventsPerBatch = 50_000;
/** Live nodes of one epoch; the largest real pages have about 150,000. */
const maxNodes = 500_000;
/** Browsers themselves stop nesting at 512 when they parse HTML; the Replayer recurses. */
const maxTreeDepth = 600;
const maxRulesPerEvent = 50_000;
const maxSidePx = 10_000;
const maxOffsetPx = 10_000_000;

type NodeKind = 'document' | 'doctype' | 'element' | 'text' | 'comment';

interface Known {
  id: number;
  kind: NodeKind;
  /** Lower-case name of the element that was built; '' for other nodes. */
  tag: string;
  isSvg: boolean;
  isShadow: boolean;
  hostsShadow: boolean;
  parent: Known | null;
  children: Set<Known> | null;
}

interface CleanNode extends Fields {
  id: number;
  type: number;
}

interface Gathered {
  places: Place[];
  fonts: FontFaceRule[];
}

const nameInDoctype = /^[A-Za-z][\w.-]{0,60}$/;
const identifierInDoctype = /^[\w\s./:+-]{0,200}$/;
const propertyName = /^-{0,2}[A-Za-z_][\w-]{0,200}$/;

export function createValidator(): Validator {
  let known = new Map<number, Known>();
  let surroundings: Surroundings | undefined;
  /** Documents of iframes that came before their iframe, by the iframe's id. */
  let waitingDocuments = new Map<number, unknown>();

  function link(node: Known, parent: Known | null) {
    if (known.size >= maxNodes) fail('too many nodes');
    node.parent = parent;
    known.set(node.id, node);
    if (!parent) return;
    parent.children ??= new Set();
    parent.children.add(node);
  }

  function unlink(node: Known) {
    node.parent?.children?.delete(node);
    const stack = [node];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (known.get(next.id) === next) known.delete(next.id);
      if (next.children) stack.push(...next.children);
    }
  }

  function depthOf(node: Known): number {
    let depth = 0;
    for (let up = node.parent; up; up = up.parent) depth += 1;
    return depth;
  }

  function mayContain(parent: Known, kind: NodeKind, tag: string, isShadow: boolean): boolean {
    if (isShadow && !parent.hostsShadow) return false;
    if (parent.kind === 'document') return kind === 'doctype' || (kind === 'element' && tag === 'html');
    if (parent.kind !== 'element') return false;
    if (kind === 'document') return parent.tag === 'iframe';
    return kind !== 'doctype' && parent.tag !== 'noscript' && parent.tag !== 'iframe';
  }

  function elementOf(raw: Fields, id: number, gathered: Gathered): { node: CleanNode; known: Known } {
    const isSvg = raw.isSVG === true;
    const rule = ruleForTag(text(raw.tagName, 'tag name', 200), isSvg);
    const attributes: Record<string, string | number | true> = {};
    let blocked: string | null = rule.blocked ? 'box' : null;
    if (rule.whole) {
      for (const [name, value] of Object.entries(fields(raw.attributes ?? {}, 'attributes'))) {
        const clean = cleanAttribute(rule.tag, name, value, gathered.fonts, surroundings);
        if (clean.kind === 'kept') attributes[clean.name] = clean.value;
        else if (clean.kind === 'place')
          gathered.places.push({ id, attribute: clean.name, template: clean.template });
        else if (clean.kind === 'blocked') blocked = clean.label;
      }
    }
    /** rrweb records the size of what it does not look into. */
    if ('rr_width' in attributes && 'rr_height' in attributes) blocked ??= 'box';
    if (blocked) attributes['data-rapport-blocked'] = blocked;
    if (rule.tag === 'canvas') showCanvas(attributes);
    const hostsShadow = raw.isShadowHost === true && canHostShadow(rule.tag, isSvg);
    const node: CleanNode = { id, type: 2, tagName: rule.tag, attributes, childNodes: [] };
    if (isSvg) node.isSVG = true;
    if (raw.isCustom === true && isCustomName(rule.tag)) node.isCustom = true;
    if (hostsShadow) node.isShadowHost = true;
    return {
      node,
      known: {
        id,
        kind: 'element',
        tag: rule.tag,
        isSvg,
        isShadow: false,
        hostsShadow,
        parent: null,
        children: null,
      },
    };
  }

  /** A canvas does not paint in a frame without scripts: an image of its size stands in it. */
  function showCanvas(attributes: Record<string, string | number | true>) {
    const side = (value: unknown, otherwise: number) => {
      const px = Number.parseInt(String(value), 10);
      return px >= 0 && px <= maxSidePx ? px : otherwise;
    };
    const [width, height] = [side(attributes.width, 300), side(attributes.height, 150)];
    const { rr_canvas: picture = '' } = attributes;
    delete attributes.rr_canvas;
    attributes.style = `${attributes.style ?? ''};content:${canvasContent(width, height, String(picture))}`;
  }

  const shell = (id: number, kind: NodeKind): Known => ({
    id,
    kind,
    tag: '',
    isSvg: false,
    isShadow: false,
    hostsShadow: false,
    parent: null,
    children: null,
  });

  /**
   * Cleans a node and, unless `alone`, all below it, and links them under `parent`.
   * Null: the node has no place there, or is of no use to a replay.
   */
  function cleanNode(
    value: unknown,
    parent: Known | null,
    depth: number,
    alone: boolean,
    gathered: Gathered,
  ): CleanNode | null {
    if (depth > maxTreeDepth) return fail('tree too deep');
    const raw = fields(value, 'node');
    const id = nodeId(raw.id);
    let node: CleanNode;
    let facts: Known;
    switch (raw.type) {
      case 0:
        node = {
          id,
          type: 0,
          childNodes: [],
          compatMode: raw.compatMode === 'BackCompat' ? 'BackCompat' : 'CSS1Compat',
        };
        facts = shell(id, 'document');
        break;
      case 1: {
        const name = typeof raw.name === 'string' && nameInDoctype.test(raw.name) ? raw.name : 'html';
        const identifier = (text: unknown) =>
          typeof text === 'string' && identifierInDoctype.test(text) ? text : '';
        node = { id, type: 1, name, publicId: identifier(raw.publicId), systemId: identifier(raw.systemId) };
        facts = shell(id, 'doctype');
        break;
      }
      case 2: {
        const element = elementOf(raw, id, gathered);
        node = element.node;
        facts = element.known;
        break;
      }
      case 3:
        node = { id, type: 3, textContent: cleanText(text(raw.textContent ?? '', 'text'), parent, gathered) };
        if (parent?.tag === 'style') node.isStyle = true;
        facts = shell(id, 'text');
        break;
      case 5:
        node = { id, type: 5, textContent: '' };
        facts = shell(id, 'comment');
        break;
      case 4:
        return null;
      default:
        return fail('unknown node type');
    }
    facts.isShadow = raw.isShadow === true;
    if (parent && !mayContain(parent, facts.kind, facts.tag, facts.isShadow)) return null;
    if (facts.isShadow) node.isShadow = true;
    const rootId = maybeId(raw.rootId);
    if (rootId !== null && (rootId === id || known.get(rootId)?.kind === 'document')) node.rootId = rootId;
    const before = known.get(id);
    if (before) {
      if (!alone) fail('id used twice');
      if (parent && isWithin(parent, before)) fail('a node inside itself');
      unlink(before);
    }
    link(facts, parent);
    if (!alone && 'childNodes' in node)
      node.childNodes = cleanChildren(raw.childNodes, facts, depth, gathered);
    return node;
  }

  function cleanChildren(value: unknown, parent: Known, depth: number, gathered: Gathered): CleanNode[] {
    const children: CleanNode[] = [];
    let hasDoctype = false;
    let hasRoot = false;
    for (const child of list(value, 'childNodes', maxNodes)) {
      const raw = fields(child, 'node');
      /** A second one would throw; nested documents come as changes of their own. */
      if (parent.kind === 'document' && ((raw.type === 1 && hasDoctype) || (raw.type === 2 && hasRoot)))
        continue;
      if (raw.type === 0) continue;
      const clean = cleanNode(raw, parent, depth + 1, false, gathered);
      if (!clean) continue;
      if (clean.type === 1) hasDoctype = true;
      if (clean.type === 2) hasRoot = true;
      children.push(clean);
    }
    if (parent.kind === 'document' && !hasRoot) fail('a document without html');
    return children;
  }

  function isWithin(node: Known, ancestor: Known): boolean {
    for (let up: Known | null = node; up; up = up.parent) if (up === ancestor) return true;
    return false;
  }

  function cleanText(value: string, parent: Known | null | undefined, gathered: Gathered): string {
    if (parent?.tag !== 'style') return value;
    const sheet = cleanStyleSheet(value, surroundings);
    gathered.fonts.push(...sheet.fonts);
    return sheet.text;
  }

  /**
   * Orders additions so that parent and next sibling are always there already: the Replayer would otherwise retry for
   * half a second. One that never finds its sibling goes last under its parent; one without a parent is dropped.
   */
  function cleanAdds(value: unknown, gathered: Gathered): object[] {
    const adds: object[] = [];
    const waiting = new Map<number, Fields[]>();
    const place = (add: Fields, withNext: boolean) => {
      const node = fields(add.node, 'node');
      const id = nodeId(node.id);
      const parent = known.get(nodeId(add.parentId));
      const next = withNext ? known.get(maybeId(add.nextId) ?? 0) : undefined;
      if (!parent) return;
      // A component that began to work after it was recorded: the Replayer attaches the root with its first child.
      if (node.isShadow === true) parent.hostsShadow ||= canHostShadow(parent.tag, parent.isSvg);
      const clean = cleanNode(node, parent, depthOf(parent) + 1, node.type !== 0, gathered);
      if (!clean) return;
      const isNeighbour =
        next?.parent === parent && next.id !== id && next.isShadow === (clean.isShadow === true);
      adds.push({ parentId: parent.id, nextId: isNeighbour ? next.id : null, node: clean });
      const iframeDocument = waitingDocuments.get(id);
      if (iframeDocument !== undefined && clean.tagName === 'iframe') {
        waitingDocuments.delete(id);
        queue.push({ parentId: id, nextId: null, node: iframeDocument });
      }
      const released = waiting.get(id);
      if (released) {
        waiting.delete(id);
        queue.push(...released);
      }
    };
    const queue = list(value, 'adds', maxNodes).map((add) => fields(add, 'add'));
    const hold = (missing: number, add: Fields) => {
      const held = waiting.get(missing);
      if (held) held.push(add);
      else waiting.set(missing, [add]);
    };
    const drain = () => {
      for (let at = 0; at < queue.length; at += 1) {
        const add = queue[at];
        if (!add) continue;
        const parentId = nodeId(add.parentId);
        const nextId = maybeId(add.nextId);
        if (!known.has(parentId)) hold(parentId, add);
        else if (nextId !== null && nextId > 0 && !known.has(nextId)) hold(nextId, add);
        else place(add, true);
      }
      queue.length = 0;
    };
    drain();
    /** What is left waits for a sibling that never comes, or for a parent that does not exist. New waits join the walk. */
    for (const [missing, held] of waiting) {
      const ready: Fields[] = [];
      const rest: Fields[] = [];
      for (const add of held) (known.has(nodeId(add.parentId)) ? ready : rest).push(add);
      if (ready.length === 0) continue;
      if (rest.length > 0) waiting.set(missing, rest);
      else waiting.delete(missing);
      for (const add of ready) place(add, false);
      drain();
    }
    for (const held of waiting.values()) {
      for (const add of held) {
        const node = fields(add.node, 'node');
        if (node.type === 0 && waitingDocuments.size < 50) waitingDocuments.set(nodeId(add.parentId), node);
      }
    }
    return adds;
  }

  function cleanStyleObject(value: unknown): Record<string, string | [string, string] | false> {
    const style: Record<string, string | [string, string] | false> = {};
    for (const [name, change] of Object.entries(fields(value, 'style'))) {
      if (!propertyName.test(name) || name.toLowerCase() === 'behavior') continue;
      if (change === false) style[name] = false;
      else if (Array.isArray(change)) {
        const priority = change[1] === 'important' ? 'important' : '';
        style[name] = [cleanDeclarations(text(change[0], 'style value')), priority];
      } else style[name] = cleanDeclarations(text(change, 'style value'));
    }
    return style;
  }

  function cleanAttributeChange(value: unknown, gathered: Gathered): object | null {
    const raw = fields(value, 'attribute change');
    const id = nodeId(raw.id);
    const target = known.get(id);
    if (target?.kind !== 'element' || target.tag === 'noscript') return null;
    const attributes: Record<string, unknown> = {};
    for (const [name, change] of Object.entries(fields(raw.attributes, 'attributes'))) {
      if (name === 'style' && typeof change === 'object' && change !== null) {
        attributes.style = cleanStyleObject(change);
        continue;
      }
      if (change === null || change === false) {
        const probe = cleanAttribute(target.tag, name, '', []);
        if (/^(xlink:)?(src|srcset|poster|href)$/i.test(name)) {
          gathered.places.push({ id, attribute: name, template: null });
          attributes[name] = null;
        } else if (probe.kind === 'kept' || name === 'rr_open_mode') attributes[name] = null;
        continue;
      }
      const clean = cleanAttribute(target.tag, name, change, gathered.fonts, surroundings);
      if (clean.kind === 'place')
        gathered.places.push({ id, attribute: clean.name, template: clean.template });
      else if (clean.kind === 'kept') {
        if (clean.name === 'rr_canvas') {
          const shown = cleanDeclarations(`url("${clean.value}")`);
          attributes.style = { 'background-image': shown, 'background-size': '100% 100%' };
        } else attributes[clean.name] = String(clean.value === true ? '' : clean.value);
        if (/^(xlink:)?(src|srcset|poster|href)$/i.test(name)) {
          gathered.places.push({ id, attribute: name, template: null });
        }
      }
    }
    return Object.keys(attributes).length > 0 ? { id, attributes } : null;
  }

  function cleanMutation(data: Fields, gathered: Gathered): object {
    const removes: object[] = [];
    for (const value of list(data.removes, 'removes', maxNodes)) {
      const raw = fields(value, 'remove');
      const node = known.get(nodeId(raw.id));
      if (!node?.parent) continue;
      removes.push({ id: node.id, parentId: node.parent.id, ...(node.isShadow && { isShadow: true }) });
      unlink(node);
    }
    const adds = cleanAdds(data.adds, gathered);
    const texts: object[] = [];
    for (const value of list(data.texts, 'texts', maxNodes)) {
      const raw = fields(value, 'text change');
      const node = known.get(nodeId(raw.id));
      if (node?.kind !== 'text') continue;
      texts.push({ id: node.id, value: cleanText(text(raw.value ?? '', 'text'), node.parent, gathered) });
    }
    const attributes: object[] = [];
    for (const value of list(data.attributes, 'attribute changes', maxNodes)) {
      const change = cleanAttributeChange(value, gathered);
      if (change) attributes.push(change);
    }
    return { source: source.mutation, removes, adds, texts, attributes };
  }

  function cleanRule(value: unknown, gathered: Gathered): string {
    const sheet = cleanStyleSheet(text(value, 'rule', maxStyleChars), surroundings);
    gathered.fonts.push(...sheet.fonts);
    return sheet.text;
  }

  function cleanIndex(value: unknown): number | number[] | undefined {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) {
      const path = list(value, 'rule path', 16).map((part) => integer(part, 'rule index'));
      return path.length > 0 ? path : fail('an empty rule path');
    }
    return integer(value, 'rule index');
  }

  function cleanRules(value: unknown, gathered: Gathered): object[] {
    return list(value, 'rules', maxRulesPerEvent).map((entry) => {
      const raw = fields(entry, 'rule');
      const index = cleanIndex(raw.index);
      return { rule: cleanRule(raw.rule, gathered), ...(index !== undefined && { index }) };
    });
  }

  /** The sheet that a change is about: of an element, or a constructed one. */
  function sheetOf(data: Fields): object | null {
    const styleId = maybeId(data.styleId);
    if (styleId) return { styleId };
    const id = maybeId(data.id);
    return id !== null && known.has(id) ? { id } : null;
  }

  function cleanFont(data: Fields, gathered: Gathered): object | null {
    const family = text(data.family, 'font family', 200);
    const address = /^\s*url\(\s*["']?([^"')]*)["']?\s*\)/i.exec(text(data.fontSource, 'font source'));
    const judged = address?.[1] ? judgeAddress(address[1], 'style') : null;
    if (judged?.kind === 'asset') gathered.fonts.push({ family, refs: [judged.ref], descriptors: {} });
    if (judged?.kind !== 'data') return null;
    return {
      source: source.font,
      family,
      fontSource: cleanDeclarations(`url("${judged.text}")`),
      buffer: false,
    };
  }

  function cleanIncremental(data: Fields, gathered: Gathered): object | null {
    switch (data.source) {
      case source.mutation:
        return cleanMutation(data, gathered);
      case source.mouseMove:
      case source.touchMove:
      case source.drag: {
        const positions = list(data.positions, 'positions', 1_000).map((value) => {
          const raw = fields(value, 'position');
          return {
            x: number(raw.x, 'x', maxOffsetPx),
            y: number(raw.y, 'y', maxOffsetPx),
            id: maybeId(raw.id) ?? 0,
            timeOffset: number(raw.timeOffset ?? 0, 'time offset', 1_000),
          };
        });
        return positions.length > 0 ? { source: data.source, positions } : null;
      }
      case source.mouseInteraction: {
        const id = maybeId(data.id);
        if (id === null || !known.has(id)) return null;
        const at =
          data.x === undefined || data.y === undefined
            ? {}
            : { x: number(data.x, 'x', maxOffsetPx), y: number(data.y, 'y', maxOffsetPx) };
        return { source: source.mouseInteraction, type: integer(data.type, 'interaction', 20), id, ...at };
      }
      case source.scroll: {
        const id = maybeId(data.id);
        if (id === null || !known.has(id)) return null;
        const [x, y] = [number(data.x, 'x', maxOffsetPx), number(data.y, 'y', maxOffsetPx)];
        return { source: source.scroll, id, x, y };
      }
      case source.viewportResize:
        return {
          source: source.viewportResize,
          width: Math.min(integer(data.width, 'width'), maxSidePx),
          height: Math.min(integer(data.height, 'height'), maxSidePx),
        };
      case source.input: {
        const id = maybeId(data.id);
        if (id === null || known.get(id)?.kind !== 'element') return null;
        return {
          source: source.input,
          id,
          text: text(data.text, 'value'),
          isChecked: data.isChecked === true,
        };
      }
      case source.styleSheetRule: {
        const sheet = sheetOf(data);
        if (!sheet) return null;
        const removes = list(data.removes, 'removed rules', maxRulesPerEvent).map((entry) => ({
          index: cleanIndex(fields(entry, 'removed rule').index) ?? 0,
        }));
        return {
          source: source.styleSheetRule,
          ...sheet,
          adds: cleanRules(data.adds, gathered),
          removes,
          ...(typeof data.replace === 'string' && { replace: cleanRule(data.replace, gathered) }),
          ...(typeof data.replaceSync === 'string' && { replaceSync: cleanRule(data.replaceSync, gathered) }),
        };
      }
      case source.styleDeclaration: {
        const sheet = sheetOf(data);
        const index = list(data.index, 'rule path', 16).map((part) => integer(part, 'rule index'));
        if (!sheet || index.length === 0) return null;
        const change: Fields = { source: source.styleDeclaration, ...sheet, index };
        if (data.set !== undefined) {
          const set = fields(data.set, 'set');
          const property = text(set.property, 'property', 200);
          if (!propertyName.test(property) || property.toLowerCase() === 'behavior') return null;
          change.set = {
            property,
            value: set.value === null ? null : cleanDeclarations(text(set.value, 'value')),
            priority: set.priority === 'important' ? 'important' : undefined,
          };
        }
        if (data.remove !== undefined) {
          const property = text(fields(data.remove, 'remove').property, 'property', 200);
          if (!propertyName.test(property)) return null;
          change.remove = { property };
        }
        return change;
      }
      case source.font:
        return cleanFont(data, gathered);
      case source.selection: {
        const ranges = list(data.ranges, 'ranges', 100).map((value) => {
          const raw = fields(value, 'range');
          return {
            start: integer(raw.start, 'start'),
            startOffset: integer(raw.startOffset, 'start offset'),
            end: integer(raw.end, 'end'),
            endOffset: integer(raw.endOffset, 'end offset'),
          };
        });
        return { source: source.selection, ranges };
      }
      case source.adoptedStyleSheet: {
        const id = nodeId(data.id);
        if (!known.has(id)) return null;
        const styles = list(data.styles, 'styles', 1_000).map((value) => {
          const raw = fields(value, 'style');
          return { styleId: integer(raw.styleId, 'style id'), rules: cleanRules(raw.rules, gathered) };
        });
        const styleIds = list(data.styleIds, 'style ids', 1_000).map((value) => integer(value, 'style id'));
        return { source: source.adoptedStyleSheet, id, styles, styleIds };
      }
      default:
        return null;
    }
  }

  function cleanSnapshot(data: Fields, gathered: Gathered): object {
    known = new Map();
    waitingDocuments = new Map();
    const node = cleanNode(data.node, null, 0, false, gathered);
    if (node?.type !== 0) return fail('a snapshot without a document');
    const offset = fields(data.initialOffset ?? {}, 'offset');
    const doctype = fields(
      list(fields(data.node, 'node').childNodes, 'childNodes', maxNodes)[0] ?? {},
      'node',
    );
    const isOld = typeof doctype.publicId === 'string' && doctype.publicId !== '';
    const mode: DocumentMode = node.compatMode === 'BackCompat' ? 'quirks' : isOld ? 'almost' : 'standards';
    /** The player makes the document of that mode; the Replayer would leave it open. */
    node.compatMode = 'CSS1Compat';
    return {
      mode,
      node,
      initialOffset: {
        left: number(offset.left ?? 0, 'left', maxOffsetPx),
        top: number(offset.top ?? 0, 'top', maxOffsetPx),
      },
    };
  }

  function bindingOf(data: Fields): AssetBinding | null {
    if (data.tag !== assetTag) return null;
    const raw = fields(data.payload, 'asset');
    const binding: AssetBinding = { ref: integer(raw.ref, 'ref', 999_999_999), id: null };
    if (raw.id !== null) {
      const id = text(raw.id, 'asset id', 64);
      binding.id = /^[0-9a-f]{64}$/.test(id) ? id : fail('asset id is not a SHA-256');
    }
    if (raw.widthPx !== undefined)
      binding.widthPx = Math.min(Math.abs(number(raw.widthPx, 'width', maxSidePx)), maxSidePx);
    if (raw.heightPx !== undefined)
      binding.heightPx = Math.min(Math.abs(number(raw.heightPx, 'height', maxSidePx)), maxSidePx);
    return binding;
  }

  /** Fonts without a change that names them. */
  function fontStep(gathered: Gathered): Step | null {
    if (gathered.fonts.length === 0) return null;
    const event = { type: eventType.custom, data: { tag: 'rapport-fonts', payload: null } };
    return { kind: 'event', event, ...gathered };
  }

  function stateOf(payload: unknown): Step | null {
    const raw = fields(payload, 'state');
    if (raw.kind === 'font') {
      const gathered: Gathered = { places: [], fonts: [] };
      cleanRule(raw.rule, gathered);
      return fontStep(gathered);
    }
    const state = cleanState(raw, {
      isElement: (id) => known.get(id)?.kind === 'element',
      isText: (id) => known.get(id)?.kind === 'text',
    });
    if (state?.kind === 'schemes') state.schemes = preferredScheme(state.schemes, surroundings);
    return state && { kind: 'state', state };
  }

  function surroundingsOf({ media, density }: Fields): Surroundings | undefined {
    if (media === undefined) return undefined;
    const told = new Set(list(media, 'media', 50));
    return {
      media: mediaFeatures.filter((feature) => told.has(feature)),
      density: Math.min(10, Math.max(0.1, number(density ?? 1, 'density', 10))),
    };
  }

  function stepOf(value: unknown): Step | null {
    const raw = fields(value, 'event');
    const type = integer(raw.type, 'event type', 100);
    const gathered: Gathered = { places: [], fonts: [] };
    const step = (data: object): Step => ({ kind: 'event', event: { type, data }, ...gathered });
    switch (type) {
      case eventType.fullSnapshot:
        return step(cleanSnapshot(fields(raw.data, 'snapshot'), gathered));
      case eventType.incremental: {
        const data = cleanIncremental(fields(raw.data, 'change'), gathered);
        return data ? step(data) : fontStep(gathered);
      }
      case eventType.meta: {
        const data = fields(raw.data, 'meta');
        surroundings = surroundingsOf(data);
        return step({
          href: '',
          width: Math.min(integer(data.width, 'width'), maxSidePx),
          height: Math.min(integer(data.height, 'height'), maxSidePx),
        });
      }
      case eventType.custom: {
        const data = fields(raw.data, 'custom event');
        if (data.tag === stateTag) return stateOf(data.payload);
        const binding = bindingOf(data);
        return binding ? { kind: 'asset', binding } : null;
      }
      default:
        return null;
    }
  }

  return {
    check(events) {
      try {
        const steps: Step[] = [];
        for (const event of list(events, 'batch', maxEventsPerBatch)) {
          const step = stepOf(event);
          if (step) steps.push(step);
        }
        return Array.isArray(events) ? { ok: true, steps } : { ok: false, reason: 'a batch is not a list' };
      } catch (error) {
        if (error instanceof Malformed) return { ok: false, reason: error.message };
        return { ok: false, reason: 'cannot be read' };
      }
    },
  };
}
