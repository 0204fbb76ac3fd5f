import type { ControlRefusal, TargetKind } from '../../../shared/model/control.ts';
import type { FormField } from '../dom-nodes.ts';
import { isFormField, parentAcross } from '../dom-nodes.ts';
import type { Sharing } from '../sharing.ts';

/** What an agent may touch: less than what an agent may see, and asked anew for every single action. */

export type Touch = 'click' | 'edit';

type PrivacyOf = Sharing['privacyOf'];

/** Buttons and ticks: to press one shows and changes no text. */
const pressed = /^(?:checkbox|radio|submit|button|reset|image)$/;
const picked = /^(?:date|time|datetime-local|month|week|color)$/;

/** The nearest element around, itself first, that matches; through shadow roots and frames. */
export function closestAcross(element: Element, selector: string): Element | null {
  for (let node: Node | null = element; node; node = parentAcross(node)) {
    if (node.nodeType === 1 && (node as Element).matches(selector)) return node as Element;
  }
  return null;
}

export const isEditableText = (element: Element): element is HTMLElement =>
  'isContentEditable' in element && element.isContentEditable === true;

/** The field that a press here is about: the one pressed, or the one that a label stands for. */
export function fieldAt(element: Element): FormField | null {
  const near = closestAcross(element, 'input,select,textarea,button,a[href],label');
  if (!near) return null;
  if (near.localName === 'label') {
    const { control } = near as HTMLLabelElement;
    return control && isFormField(control) ? control : null;
  }
  return isFormField(near) ? near : null;
}

export function linkAt(element: Element): HTMLAnchorElement | null {
  return closestAcross(element, 'a[href],area[href]') as HTMLAnchorElement | null;
}

export function targetKindOf(element: Element): TargetKind {
  const field = fieldAt(element);
  if (field) {
    if (field.localName === 'select') return 'choice';
    if (/^(?:checkbox|radio)$/.test(field.type)) return 'tick';
    if (pressed.test(field.type)) return 'button';
    if (field.type === 'range') return 'slider';
    return picked.test(field.type) ? 'date' : 'text_field';
  }
  if (isEditableText(element)) return 'text_field';
  if (linkAt(element)) return 'link';
  return closestAcross(element, 'button,summary,[role=button],[role=tab],[role=menuitem]')
    ? 'button'
    : 'other';
}

function fieldRefusal(field: FormField, touch: Touch, privacyOf: PrivacyOf): ControlRefusal | null {
  const { level, isSecret } = privacyOf(field);
  if (isSecret || level === 'masked' || level === 'blocked' || field.type === 'file') return 'protected';
  if (field.type === 'hidden') return 'not_possible';
  if (field.matches(':disabled')) return 'read_only';
  if (pressed.test(field.type)) return null;
  // Whose value agents do not see they do not change either.
  if (level !== 'unmasked') return 'protected';
  return touch === 'edit' && 'readOnly' in field && field.readOnly ? 'read_only' : null;
}

/** Where a press on a link may lead: only where the session can follow. */
export function addressRefusal(address: string, base: string = document.baseURI): ControlRefusal | null {
  try {
    return new URL(address, base).origin === location.origin ? null : 'elsewhere';
  } catch {
    return 'not_possible';
  }
}

function linkRefusal(link: HTMLAnchorElement): ControlRefusal | null {
  // A script gives no page a new window but for the visitor's own press.
  const isOutside = link.hasAttribute('download') || /^_blank$/i.test(link.target);
  return isOutside ? 'elsewhere' : addressRefusal(link.getAttribute('href') ?? '', link.baseURI);
}

/** Why the agent may not touch this element in this way; null when it may. */
export function touchRefusal(element: Element, touch: Touch, privacyOf: PrivacyOf): ControlRefusal | null {
  if (closestAcross(element, '[data-rapport-own]')) return 'protected';
  const { level } = privacyOf(element);
  if (level === 'masked' || level === 'blocked') return 'protected';
  if (closestAcross(element, '[data-rapport-readonly]')) return 'read_only';
  if (closestAcross(element, '[inert]') || isBehindModal(element)) return 'not_possible';
  const field = fieldAt(element);
  if (field) {
    if (field !== element && closestAcross(field, '[data-rapport-readonly]')) return 'read_only';
    return fieldRefusal(field, touch, privacyOf);
  }
  if (isEditableText(element)) return level === 'unmasked' ? null : 'protected';
  if (touch === 'edit') return 'not_possible';
  const link = linkAt(element);
  return link && linkRefusal(link);
}

function isBehindModal(element: Element): boolean {
  const modal = [...element.ownerDocument.querySelectorAll('dialog:modal')].at(-1);
  return modal !== undefined && closestAcross(element, 'dialog:modal') === null;
}
