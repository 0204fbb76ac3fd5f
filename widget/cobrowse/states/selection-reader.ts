import { maxRanges, type TextPlace } from '../../../shared/model/cobrowse-states.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** What the visitor has marked. In masked parts nothing is told: where words begin and end is a part of them. */
export function createSelectionReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  tell: Tell;
  isTold(key: string): boolean;
}): StateReader {
  const { nodes, inside, tell, isTold } = parts;
  const { privacy, fields } = inside;

  function placeOf(node: Text, at: number): TextPlace | null {
    const id = nodes.idOf(node);
    const { level, isEditable } = privacy.of(node);
    const isShown = level !== 'blocked' && level !== 'masked' && (!isEditable || level === 'unmasked');
    return isShown && inside.isTold(id) && inside.text.of(node) === node.data ? { id, at } : null;
  }

  function rangeOf(range: Range): { start: TextPlace; end: TextPlace } | null {
    const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (
      let node: Node | null = walker.currentNode;
      node && texts.length < 10_000;
      node = walker.nextNode()
    ) {
      if (node.nodeType === 3 && range.intersectsNode(node)) texts.push(node as Text);
    }
    const [first, final] = [texts[0], texts.at(-1)];
    if (!first || !final) return null;
    const start = placeOf(first, range.startContainer === first ? range.startOffset : 0);
    const end = placeOf(final, range.endContainer === final ? range.endOffset : final.data.length);
    return start && end && { start, end };
  }

  function lookAtField(): void {
    const field = document.activeElement as HTMLInputElement | null;
    const isText = field?.localName === 'textarea' || /^(?:text|search|tel|url)$/.test(field?.type ?? '');
    const isShown = field && isText && privacy.of(field).level === 'unmasked' && !privacy.isNeverShown(field);
    const id = isShown && fields.shown(field) === field.value ? nodes.idOf(field) : -1;
    const [from, to] = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0];
    if (id > 0 && from !== to && inside.isTold(id)) tell('field', { kind: 'field-selection', id, from, to });
    else if (isTold('field')) tell('field', { kind: 'field-selection', id: null, from: 0, to: 0 });
  }

  return {
    look() {
      const selection = getSelection();
      const ranges = [];
      for (let at = 0; selection && at < Math.min(selection.rangeCount, maxRanges); at += 1) {
        const range = selection.getRangeAt(at);
        const told = range.collapsed ? null : rangeOf(range);
        if (told) ranges.push(told);
      }
      if (ranges.length > 0 || isTold('selection')) tell('selection', { kind: 'selection', ranges });
      lookAtField();
    },
  };
}
