import { maxTypedChars } from '../../shared/limits.ts';
import { type ControlKey, type ControlPlace, controlKeys, type Verb } from '../../shared/model/control.ts';
import { type ElementPlace, placeAt } from './pointer-place.ts';
import type { Stage } from './stage.ts';
import { createValuePopup } from './value-popup.ts';

/** The agent's hand: what mouse and keyboard do over the mirror becomes verbs for the visitor's page. */

/** A verb whose places have no epoch yet. */
type WithoutEpoch<T> = T extends ControlPlace ? ElementPlace : T;
export type HandVerb = Verb extends infer V ? { [K in keyof V]: WithoutEpoch<V[K]> } : never;

export interface HandParts {
  stage: Stage;
  onVerb(verb: HandVerb): void;
  /** The agent wants the keyboard back. */
  onLeft(): void;
}

/** A press that moved farther is a drag; in px of the screen. */
const dragPx = 6;
/** Turns of the wheel are told together, about as often as the page can show them. */
const scrollEveryMs = 60;
/** Two presses of Escape within this give the keyboard back. */
const twiceMs = 600;

const picked = /^(?:date|time|datetime-local|month|week|color)$/;

export function createHand({ stage, onVerb, onLeft }: HandParts) {
  const { cover } = stage;
  const popup = createValuePopup(cover);
  /** Takes what the agent types, input methods and pasting included. */
  const keys = document.createElement('textarea');
  keys.className = 'hand-keys';
  keys.setAttribute('aria-label', 'Typing goes to the visitor’s page. Press Escape twice to leave it.');
  keys.setAttribute('autocapitalize', 'off');
  keys.autocomplete = 'off';
  keys.spellcheck = false;
  keys.tabIndex = -1;
  cover.append(keys);

  let start: { place: ElementPlace; x: number; y: number } | null = null;
  let scrolled: { place: ElementPlace; xPx: number; yPx: number } | null = null;
  let scrollTimer: ReturnType<typeof setTimeout> | undefined;
  let escapedAtMs = Number.NEGATIVE_INFINITY;

  const isActing = () => stage.settings().tool === 'control' && stage.page() !== null;

  function placeOf(event: MouseEvent): ElementPlace | null {
    const page = stage.page();
    const shown = page?.document();
    return page && shown ? placeAt(shown, stage.pointOf(event), page.idOf) : null;
  }

  const elementOf = (place: ElementPlace): Element | null => {
    const node = stage.page()?.nodeById(place.node);
    return node?.nodeType === 1 ? (node as Element) : null;
  };
  /** By tag: elements of the mirror have another window's classes. */
  const nearest = (element: Element | null, selector: string) => element?.closest(selector) ?? null;

  function press(place: ElementPlace, event: PointerEvent | MouseEvent) {
    const element = elementOf(place);
    const box = cover.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top + 8 };
    const select = nearest(element, 'select') as HTMLSelectElement | null;
    if (select && !select.disabled) {
      const { idOf } = stage.page() ?? { idOf: () => 0 };
      return popup.choose(select, at, (options) => {
        if (options.length > 0)
          onVerb({ kind: 'select', at: place, options: options.map((each) => idOf(each)) });
      });
    }
    const input = nearest(element, 'input') as HTMLInputElement | null;
    const type = input?.getAttribute('type')?.toLowerCase() ?? '';
    if (input && picked.test(type)) {
      return popup.pick(input, at, (value) => onVerb({ kind: 'fill', at: place, value }));
    }
    if (input && type === 'range') return onVerb({ kind: 'drag', at: place, to: place });
    if (input && type === 'checkbox') return onVerb({ kind: 'check', at: place, checked: !input.checked });
    if (input && type === 'radio') return onVerb({ kind: 'check', at: place, checked: true });
    onVerb({ kind: 'click', at: place, count: event.detail > 1 && event.detail % 2 === 0 ? 2 : 1 });
  }

  function down(event: PointerEvent): void {
    if (!isActing() || event.button !== 0) return;
    popup.close();
    const place = placeOf(event);
    start = place && { place, x: event.clientX, y: event.clientY };
    cover.setPointerCapture(event.pointerId);
  }

  /** The click that follows a press knows whether it is the second of two. */
  function clicked(event: MouseEvent): void {
    const from = start;
    start = null;
    if (!isActing() || !from) return;
    keys.focus({ preventScroll: true });
    const isDrag = Math.hypot(event.clientX - from.x, event.clientY - from.y) > dragPx;
    const to = isDrag ? placeOf(event) : from.place;
    if (!to) return;
    if (isDrag) onVerb({ kind: 'drag', at: from.place, to });
    else press(from.place, event);
  }

  function wheel(event: WheelEvent): void {
    if (!isActing()) return;
    event.preventDefault();
    const place = placeOf(event);
    if (!place) return;
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 600 : 1;
    scrolled = {
      place,
      xPx: (scrolled?.xPx ?? 0) + event.deltaX * unit,
      yPx: (scrolled?.yPx ?? 0) + event.deltaY * unit,
    };
    scrollTimer ??= setTimeout(() => {
      scrollTimer = undefined;
      const due = scrolled;
      scrolled = null;
      const bounded = (px: number) => Math.round(Math.min(20_000, Math.max(-20_000, px)));
      if (due) onVerb({ kind: 'scroll', at: due.place, xPx: bounded(due.xPx), yPx: bounded(due.yPx) });
    }, scrollEveryMs);
  }

  function keyDown(event: KeyboardEvent) {
    if (!isActing() || event.isComposing) return;
    const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (isUndo) {
      event.preventDefault();
      return onVerb({ kind: 'undo' });
    }
    // Other shortcuts are the agent's browser's: to paste is among them.
    if (!isAll && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const key = isAll ? 'SelectAll' : controlKeys.find((each): each is ControlKey => each === event.key);
    if (!key) return;
    event.preventDefault();
    if (key === 'Escape') {
      const isTwice = event.timeStamp - escapedAtMs < twiceMs;
      escapedAtMs = event.timeStamp;
      if (isTwice) {
        keys.blur();
        return onLeft();
      }
    }
    onVerb({ kind: 'key', key, shift: event.shiftKey });
  }

  function typed(): void {
    const text = keys.value;
    keys.value = '';
    if (!isActing()) return;
    const letters = [...text];
    // A long paste is told in pieces; 400 letters of two units each stay below the bound.
    const piece = Math.floor((maxTypedChars * 2) / 5);
    for (let at = 0; at < letters.length; at += piece) {
      onVerb({ kind: 'type', text: letters.slice(at, at + piece).join('') });
    }
  }

  cover.addEventListener('pointerdown', down);
  cover.addEventListener('click', clicked);
  cover.addEventListener('wheel', wheel, { passive: false });
  keys.addEventListener('keydown', keyDown);
  keys.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) typed();
  });
  keys.addEventListener('compositionend', typed);

  return {
    /** Another page is shown, or another tool chosen: nothing half done goes on. */
    drop() {
      popup.close();
      start = null;
      scrolled = null;
      clearTimeout(scrollTimer);
      scrollTimer = undefined;
    },
  };
}
