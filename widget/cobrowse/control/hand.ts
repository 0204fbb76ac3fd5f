import type { ControlRefusal, TargetKind, Verb } from '../../../shared/model/control.ts';
import { parentAcross } from '../dom-nodes.ts';
import type { Sharing } from '../sharing.ts';
import { createEditHistory } from './edit-history.ts';
import { choose, fill, isTextField, slide } from './field-edits.ts';
import {
  addressRefusal,
  closestAcross,
  fieldAt,
  isEditableText,
  targetKindOf,
  touchRefusal,
} from './guard.ts';
import { bringIntoView, click, drag, pointIn } from './pointer-sequence.ts';
import { pressKey, typeText } from './typing.ts';

/** What a verb is about, when it may be done; else why not. */
export type Aim =
  | { ok: true; element: Element | null; target: TargetKind }
  | { ok: false; because: ControlRefusal };

export interface Hand {
  /** Checked when it is told, and again at the moment it is done. */
  aim(verb: Verb): Aim;
  /** Does it; the page may still refuse. */
  act(verb: Verb): Aim;
  /** Puts the agent's keyboard into a field without a press. */
  enter(element: Element): void;
  /** The visitor took the keyboard: the agent has to point at a field again. */
  leave(): void;
  canUndo(): boolean;
  /** Where the agent's keyboard is. */
  keyboard(): Element | null;
}

const refused = (because: ControlRefusal): Aim => ({ ok: false, because });
const aimed = (element: Element | null, target?: TargetKind): Aim => ({
  ok: true,
  element,
  target: target ?? (element ? targetKindOf(element) : 'page'),
});

export function createHand(sharing: () => Sharing | null): Hand {
  const history = createEditHistory();
  let keyboard: Element | null = null;

  const refusal = (element: Element, touch: 'click' | 'edit'): ControlRefusal | null => {
    const page = sharing();
    return page ? touchRefusal(element, touch, page.privacyOf) : 'stale';
  };

  function aim(verb: Verb): Aim {
    if (sharing()?.isPaused() !== false) return refused('stale');
    switch (verb.kind) {
      case 'back':
      case 'forward':
      case 'reload':
        return aimed(null);
      case 'open': {
        const because = addressRefusal(verb.url);
        return because ? refused(because) : aimed(null);
      }
      case 'undo':
        return history.size > 0 ? aimed(null, 'text_field') : refused('changed_since');
      case 'type':
      case 'key':
        return aimKeyboard(verb);
    }
    const element = sharing()?.element(verb.at) ?? null;
    if (!element) return refused('stale');
    if (verb.kind === 'scroll')
      return closestAcross(element, '[data-rapport-own]') ? refused('protected') : aimed(element, 'page');
    const because = refusal(element, verb.kind === 'fill' || verb.kind === 'select' ? 'edit' : 'click');
    if (because) return refused(because);
    const field = fieldAt(element);
    switch (verb.kind) {
      case 'check':
        return field && /^(?:checkbox|radio)$/.test(field.type) ? aimed(element) : refused('not_possible');
      case 'fill':
        return field && isTextField(field) ? aimed(element) : refused('not_possible');
      case 'select': {
        const options =
          field?.localName === 'select'
            ? verb.options.map((node) => optionOf(verb.at.epoch, node, field))
            : [];
        return options.length > 0 && options.every((each) => each !== null)
          ? aimed(element)
          : refused('stale');
      }
      case 'drag': {
        const end = sharing()?.element(verb.to);
        return end ? aimed(element) : refused('stale');
      }
      default:
        return aimed(element);
    }
  }

  function aimKeyboard(verb: Extract<Verb, { kind: 'type' | 'key' }>): Aim {
    const element = keyboard?.isConnected ? keyboard : movedKeyboard();
    if (!element) return refused('no_focus');
    const isMoving = verb.kind === 'key' && /^(?:Tab|Escape|Arrow|Page|Home|End)/.test(verb.key);
    const isText = isEditableText(element) || fieldAt(element) === element;
    const because =
      isMoving && !isText
        ? refusal(element, 'click')
        : isText
          ? refusal(element, 'edit')
          : refusal(element, 'click');
    // Out of a field that is protected Tab must lead.
    return because && !(verb.kind === 'key' && verb.key === 'Tab') ? refused(because) : aimed(element);
  }

  /** A page that draws a field anew gives it the focus again. */
  function movedKeyboard(): Element | null {
    if (!keyboard) return null;
    const { activeElement } = document;
    return activeElement && activeElement !== document.body ? activeElement : null;
  }

  function optionOf(epoch: number, node: number, select: Element): HTMLOptionElement | null {
    const option = sharing()?.element({ epoch, node });
    return option?.localName === 'option' &&
      closestAcross(option, 'select') === select &&
      !option.matches(':disabled')
      ? (option as HTMLOptionElement)
      : null;
  }

  function act(verb: Verb): Aim {
    const found = aim(verb);
    if (!found.ok) return found;
    const { element } = found;
    switch (verb.kind) {
      case 'back':
        pageHistory.back();
        return found;
      case 'forward':
        pageHistory.forward();
        return found;
      case 'reload':
        location.reload();
        return found;
      case 'open':
        location.assign(verb.url);
        return found;
      case 'undo': {
        const field = history.undo(
          (each) => refusal(each, 'edit') === null || refusal(each, 'click') === null,
        );
        return field ? aimed(field) : refused('changed_since');
      }
    }
    if (!element) return refused('stale');
    const field = fieldAt(element);
    switch (verb.kind) {
      case 'scroll':
        return scroll(element, verb) ? found : refused('not_possible');
      case 'type': {
        let isTaken = false;
        history.change(element as HTMLElement, () => {
          isTaken = typeText(element, verb.text);
        });
        return isTaken ? found : refused('not_possible');
      }
      case 'key':
        history.change(element as HTMLElement, () => {
          keyboard = pressKey(element, verb.key, verb.shift);
        });
        return found;
      case 'click': {
        bringIntoView(element);
        const run = () => click(element, pointIn(element, verb.at), verb.count);
        if (field && /^(?:checkbox|radio)$/.test(field.type)) history.change(field, run);
        else run();
        keyboard = placed(element);
        return found;
      }
      case 'check':
        if (field && 'checked' in field && field.checked !== verb.checked) {
          bringIntoView(element);
          history.change(field, () => click(element, pointIn(element, verb.at), 1));
        }
        return found;
      case 'fill': {
        if (!field || !isTextField(field)) return refused('not_possible');
        let isTaken = false;
        history.change(field, () => {
          isTaken = fill(field, verb.value);
        });
        keyboard = field;
        return isTaken ? found : refused('not_possible');
      }
      case 'select': {
        if (field?.localName !== 'select') return refused('not_possible');
        const options = new Set<Element>();
        for (const node of verb.options) {
          const option = optionOf(verb.at.epoch, node, field);
          if (option) options.add(option);
        }
        history.change(field, () => choose(field as HTMLSelectElement, options));
        return found;
      }
      case 'drag': {
        const end = sharing()?.element(verb.to);
        if (!end) return refused('stale');
        if (field?.type === 'range') {
          const { left, width } = field.getBoundingClientRect();
          const part = width > 0 ? (pointIn(end, verb.to).x - left) / width : 0;
          history.change(field, () => {
            field.focus({ preventScroll: true });
            slide(field as HTMLInputElement, part);
          });
        } else drag(element, pointIn(element, verb.at), pointIn(end, verb.to));
        return found;
      }
    }
  }

  /** Where a press has put the keyboard: the field that has the focus now, else what was pressed. */
  function placed(element: Element): Element | null {
    let focused: Element | null = element.ownerDocument.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const isText = focused && (isEditableText(focused) || fieldAt(focused) === focused);
    return isText ? focused : element.isConnected ? element : null;
  }

  return {
    aim,
    act,
    enter(element) {
      keyboard = fieldAt(element) ?? element;
    },
    leave() {
      keyboard = null;
    },
    canUndo: () => history.size > 0,
    keyboard: () => keyboard,
  };
}

const pageHistory = window.history;

/** Scrolls the nearest thing around that can; false when nothing there can be scrolled that way. */
function scroll(element: Element, { xPx, yPx }: { xPx: number; yPx: number }): boolean {
  for (let node: Node | null = element; node; node = parentAcross(node)) {
    if (node.nodeType !== 1) continue;
    const each = node as Element;
    const isRoot = each === each.ownerDocument.scrollingElement;
    const { overflowX, overflowY } = getComputedStyle(each);
    const can = (overflow: string) => isRoot || /auto|scroll/.test(overflow);
    const before = [each.scrollLeft, each.scrollTop];
    if (can(overflowX) || can(overflowY)) each.scrollBy({ left: xPx, top: yPx, behavior: 'instant' });
    if (each.scrollLeft !== before[0] || each.scrollTop !== before[1]) return true;
  }
  return false;
}
