import { hidesContent, maskedValue, maskTyped, maskWords } from '../../shared/model/page-privacy.ts';
import { maskRanges, privateRanges } from '../../shared/model/privacy.ts';
import { isElement } from './dom-nodes.ts';
import { type FieldValues, selectOf } from './field-values.ts';
import type { PagePrivacy } from './node-privacy.ts';

/** Text nodes as an agent may see them. */
export interface ShownText {
  beginTurn(): void;
  /** Text of a node that is not style text. */
  of(node: Node): string;
  /** Other nodes in which a number or an address that this one holds a part of goes on: they change with it. */
  spannedWith(node: Node): Node[];
  /** Words of an attribute, where the site shows them. */
  words(text: string): string;
}

/** Text in these is not rendered, or rendered as something else. */
const withoutText =
  /^(?:script|noscript|title|textarea|iframe|object|datalist|noembed|noframes|template|metadata|desc|audio|video|canvas)$/;
/** Text goes on through these: `<b>4111</b> <b>1111</b> …` is one number. */
const inline =
  /^(?:a|abbr|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|output|q|rp|rt|ruby|s|samp|slot|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|tspan|text)$/;

interface Run {
  shown: Map<Node, string>;
  spans: Map<Node, Node[]>;
}

export function createShownText(parts: { privacy: PagePrivacy; fields: FieldValues }): ShownText {
  const { privacy, fields } = parts;
  let runs = new Map<Node, Run>();

  function rootOf(node: Node): Node {
    let root: Node = node.parentNode ?? node;
    while (isElement(root) && inline.test(root.localName) && root.parentNode) root = root.parentNode;
    return root;
  }

  function runOf(node: Node): Run {
    const root = rootOf(node);
    const known = runs.get(root);
    if (known) return known;
    const run: Run = { shown: new Map(), spans: new Map() };
    runs.set(root, run);
    let nodes: Node[] = [];
    const end = () => {
      if (nodes.length > 0) maskAcross(nodes, run);
      nodes = [];
    };
    const walk = (parent: Node) => {
      for (let child = parent.firstChild; child; child = child.nextSibling) {
        if (child.nodeType === 3) nodes.push(child);
        else if (isElement(child) && inline.test(child.localName)) {
          if (child.localName === 'br') nodes.push(child);
          walk(child);
        } else if (isElement(child)) end();
      }
    };
    walk(root);
    end();
    return run;
  }

  /** Masks what is private in the joined text of these nodes, each node keeping its part. */
  function maskAcross(nodes: Node[], run: Run): void {
    const texts = nodes.map((node) => (node.nodeType === 3 ? (node.nodeValue ?? '') : '\n'));
    const ranges = privateRanges(texts.join(''));
    let start = 0;
    nodes.forEach((node, index) => {
      const text = texts[index] ?? '';
      const end = start + text.length;
      const own = ranges
        .filter(([from, to]) => from < end && to > start && text !== '')
        .map(
          ([from, to]) => [Math.max(0, from - start), Math.min(text.length, to - start)] as [number, number],
        );
      if (own.length > 0) run.shown.set(node, maskRanges(text, own));
      start = end;
    });
    if (run.shown.size < 2) return;
    const together = nodes.filter((node) => run.shown.has(node));
    for (const node of together) run.spans.set(node, together);
  }

  return {
    beginTurn() {
      runs = new Map();
    },
    of(node) {
      const text = node.nodeValue ?? '';
      const parent = node.parentNode;
      if (text.trim() === '' || !parent) return text === '' || !parent ? '' : text;
      if (isElement(parent)) {
        if (withoutText.test(parent.localName)) return '';
        const select = selectOf(parent);
        if (select && !fields.isChoiceShown(select)) return maskedValue;
        if (!select && parent.localName === 'option') return '';
      }
      const { level, isEditable } = privacy.of(node);
      if (level === 'blocked' || hidesContent(level)) return maskWords(text);
      if (isEditable) return level === 'unmasked' ? maskTyped(text) : maskedValue;
      const shown =
        parent.firstChild === node &&
        !node.nextSibling &&
        !(isElement(parent) && inline.test(parent.localName))
          ? maskRanges(text, privateRanges(text))
          : (runOf(node).shown.get(node) ?? text);
      return fields.withoutSecrets(shown);
    },
    spannedWith(node) {
      return runs.get(rootOf(node))?.spans.get(node) ?? [];
    },
    words: (text) => fields.withoutSecrets(maskRanges(text, privateRanges(text))),
  };
}
