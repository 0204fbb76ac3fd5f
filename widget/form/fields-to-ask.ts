import type { FormField, SiteConfig } from '../../shared/model/site.ts';
import { isAway } from '../asking.ts';
import type { WidgetState } from '../store.ts';
import * as formTexts from './texts.ts';

/**
 * What the visitor is asked before the first message: the site's own fields without what is known. While nobody is there
 * the e-mail address goes with them. Where nothing else is asked it must not stand in the way: it is asked beside the
 * message when that is sent, unless the site takes it only with one (identities are signed there).
 */
export function fieldsToAsk(
  { chat: { form }, identity }: Pick<SiteConfig, 'chat' | 'identity'>,
  state: Pick<WidgetState, 'agents' | 'hours' | 'customer'>,
): FormField[] {
  const { customer } = state;
  const known = [customer?.name && 'name', customer?.email && 'email'];
  const asked = form.on ? form.fields : [];
  const fields = asked.filter(({ id }) => !known.includes(id));
  const canLeaveEmail =
    (fields.length > 0 || identity.mode === 'required') &&
    isAway(state) &&
    !customer?.email &&
    !asked.some(({ id }) => id === 'email');
  if (!canLeaveEmail) return fields;
  return [...fields, { id: 'email', label: formTexts.email, kind: 'email', required: false, options: [] }];
}
