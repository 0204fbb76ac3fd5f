import type { PrivacySelectors } from '../../shared/model/page-address.ts';
import {
  firstLevel,
  isNeverShown,
  levelWithin,
  type PrivacyLevel,
  stricterLevel,
} from '../../shared/model/page-privacy.ts';
import { isElement, parentAcross } from './dom-nodes.ts';

export interface NodePrivacy {
  level: PrivacyLevel;
  /** What the visitor types lands in this element's text. */
  isEditable: boolean;
}

/** What may be shown of the live page's nodes. Judged anew in each turn: the page may have changed in between. */
export interface PagePrivacy {
  /** Answers of the last turn are forgotten. */
  beginTurn(): void;
  of(node: Node): NodePrivacy;
  /** Once a password field, always a password field, also when the page makes it a text field to show what was typed. */
  isNeverShown(field: Element): boolean;
  /** Forgets selectors; they are looked up for the path that the page has now. */
  choose(selectors: PrivacySelectors, isStrict: boolean): void;
  /** Elements that selectors make private, for finding ones that have become so. */
  privateElements(): Element[];
}

const editableRoles = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

export function createPagePrivacy(document: Document): PagePrivacy {
  let turn = new Map<Node, NodePrivacy>();
  let selectors = { mask: '', block: '', unmask: '' };
  let outermost: NodePrivacy = { level: 'plain', isEditable: false };
  /** A rule that this browser cannot read must not open the page: everything is masked. */
  let isUnreadable = false;
  const everSecret = new WeakSet<Element>();
  const secretNames = new Set<string>();

  function readable(list: string[]): string {
    return list
      .filter((selector) => {
        try {
          document.querySelector(selector);
          return true;
        } catch {
          return false;
        }
      })
      .join(',');
  }

  function of(node: Node): NodePrivacy {
    const known = turn.get(node);
    if (known) return known;
    const parent = parentAcross(node);
    let result = parent ? of(parent) : outermost;
    const slot = 'assignedSlot' in node ? (node.assignedSlot as Element | null) : null;
    if (slot) result = { ...result, level: stricterLevel(result.level, of(slot).level) };
    if (isElement(node)) result = withOwn(node, result);
    else if (node.nodeType === 9 && (node as Document).designMode === 'on') {
      result = { ...result, isEditable: true };
    }
    turn.set(node, result);
    return result;
  }

  function withOwn(element: Element, parent: NodePrivacy): NodePrivacy {
    const has = (name: string, list: string) =>
      element.hasAttribute(name) || (list !== '' && element.matches(list));
    const level = levelWithin(parent.level, {
      block: has('data-rapport-block', selectors.block),
      mask: isUnreadable || has('data-rapport-mask', selectors.mask),
      unmask: has('data-rapport-unmask', selectors.unmask),
    });
    const editable = element.getAttribute('contenteditable');
    const isEditable =
      editable === null
        ? parent.isEditable || editableRoles.has(element.getAttribute('role') ?? '')
        : editable.toLowerCase() !== 'false';
    if (level === parent.level && isEditable === parent.isEditable) return parent;
    return { level, isEditable };
  }

  return {
    beginTurn() {
      turn = new Map();
    },
    of,
    isNeverShown(field) {
      const type = 'type' in field ? String(field.type) : '';
      const facts = {
        type: field.hasAttribute('data-rr-is-password') ? 'password' : type,
        autocomplete: field.getAttribute('autocomplete') ?? '',
        name: field.getAttribute('name') ?? '',
        id: field.id,
      };
      const name = facts.name || facts.id;
      if (!everSecret.has(field) && !isNeverShown(facts) && !(name && secretNames.has(name))) return false;
      everSecret.add(field);
      // A page that shows what was typed may do so in a new field of the same name.
      if (name) secretNames.add(name);
      return true;
    },
    choose(chosen, isStrict) {
      outermost = { level: firstLevel(isStrict), isEditable: false };
      selectors = {
        mask: readable(chosen.mask),
        block: readable(chosen.block),
        unmask: readable(chosen.unmask),
      };
      isUnreadable = [...chosen.mask, ...chosen.block].some((selector) => !readable([selector]));
      turn = new Map();
    },
    privateElements() {
      const list = [selectors.mask, selectors.block].filter((each) => each !== '').join(',');
      return list ? [...document.querySelectorAll(list)] : [];
    },
  };
}
