import { maxMarked, type PageMark } from '../../../shared/model/cobrowse-states.ts';
import { isFormField } from '../dom-nodes.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** What the browser itself says of elements, asked with its own selectors. */
const selectors: Partial<Record<PageMark, string>> = {
  active: ':active',
  'focus-visible': ':focus-visible',
  'in-range': ':in-range',
  indeterminate: 'input:indeterminate',
  invalid: ':invalid',
  'out-of-range': ':out-of-range',
  'popover-open': ':popover-open',
  target: ':target',
  undefined: ':not(:defined)',
  'unreadable-value': 'input',
  'user-invalid': ':user-invalid',
  'user-valid': ':user-valid',
  valid: ':valid',
};
/** They say something of a value: not of one that the visitor's page hides. */
const ofValues = /valid|range|indeterminate/;

export function createMarkReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
  isTold(key: string): boolean;
}): StateReader {
  const { nodes, inside, roots, tell, isTold } = parts;
  const { privacy, fields } = inside;
  const known = Object.entries(selectors).filter(([, selector]) => canSelect(selector)) as [
    PageMark,
    string,
  ][];
  const any = known.map(([, selector]) => selector).join(',');
  let hovered: number | null = null;

  function has(element: Element, mark: PageMark, selector: string): boolean {
    if (!element.matches(selector)) return false;
    const { level } = privacy.of(element);
    if (level === 'blocked') return false;
    if (mark === 'unreadable-value') return fields.isUnreadable(element as HTMLInputElement);
    if (!ofValues.test(mark)) return true;
    return level !== 'masked' && !(isFormField(element) && privacy.isNeverShown(element));
  }

  function lookAtMarks(): void {
    const found = new Map<PageMark, number[]>();
    for (const element of roots.select(any)) {
      const id = nodes.idOf(element);
      if (!inside.isTold(id)) continue;
      for (const [mark, selector] of known) {
        if (!has(element, mark, selector)) continue;
        const ids = found.get(mark) ?? [];
        found.set(mark, ids);
        if (ids.length < maxMarked) ids.push(id);
      }
    }
    for (const [mark] of known) {
      const ids = found.get(mark) ?? [];
      if (ids.length > 0 || isTold(mark)) tell(mark, { kind: 'mark', mark, ids });
    }
  }

  function lookAtHover(): void {
    let innermost: Element | null = null;
    for (let root: ParentNode | null = document; root; ) {
      const under: Element | undefined = [...root.querySelectorAll(':hover')].at(-1);
      if (!under || under.hasAttribute('data-rapport-own')) break;
      innermost = under;
      root =
        under.shadowRoot ?? ('contentDocument' in under ? (under.contentDocument as Document | null) : null);
    }
    const id = innermost && nodes.idOf(innermost);
    if (id === hovered || (id !== null && !inside.isTold(id))) return;
    hovered = id;
    tell('hover', { kind: 'hover', id }, `${id} ${Date.now()}`);
  }

  return {
    look() {
      lookAtMarks();
      lookAtHover();
    },
    onRecorded(data) {
      // The viewer follows the pointer by itself.
      if (data.source === 1 || data.source === 6 || data.source === 12)
        hovered = data.positions.at(-1)?.id ?? null;
      else if (data.source === 2 && data.x !== undefined) hovered = data.id;
    },
    startEpoch() {
      hovered = null;
    },
  };
}

function canSelect(selector: string): boolean {
  try {
    document.querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
