import type { SiteConfig } from '../shared/model/site.ts';
import type { WidgetState } from './store.ts';

/** Nobody will answer soon: no agent is there, or, as long as that is not known, the site is closed. */
export function isAway({ agents, hours }: Pick<WidgetState, 'agents' | 'hours'>): boolean {
  return agents ? agents.length === 0 : hours?.isOpen === false;
}

/** Whether something may have to be asked before the first message; what it is, `form/fields-to-ask.ts` knows. */
export function mayAsk(
  { chat, identity }: Pick<SiteConfig, 'chat' | 'identity'>,
  state: Pick<WidgetState, 'agents' | 'hours' | 'customer'>,
): boolean {
  return chat.form.on || (identity.mode === 'required' && isAway(state) && !state.customer?.email);
}
