import { ChevronRight, MonitorUp } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { isAway } from '../asking.ts';
import type { WidgetState } from '../store.ts';
import * as texts from '../texts.ts';
import { Icon } from '../ui/icon.tsx';

export interface FirstViewProps {
  state: WidgetState;
  config: SiteConfig;
  actions: Actions;
  /** The page can be shared from here. */
  canShare: boolean;
  /** The visitor's conversations, if there are any. */
  conversations: ComponentChildren;
}

export function FirstView({ state, config, actions, canShare, conversations }: FirstViewProps) {
  const canShow = canShare && (state.agents?.length ?? 0) > 0 && state.cobrowse === null;
  return (
    <div class="home">
      {isAway(state) && config.texts.away && (
        <p class="notice-card" dir="auto">
          {config.texts.away}
        </p>
      )}
      {conversations}
      {canShow && (
        <button type="button" class="card show-page" onClick={actions.offerCobrowse}>
          <span class="mark">
            <Icon of={MonitorUp} size={22} />
          </span>
          <span class="words">
            <b dir="auto">{texts.showPage}</b>
            <span dir="auto">{texts.showPageMore}</span>
          </span>
          <span class="flip">
            <Icon of={ChevronRight} />
          </span>
        </button>
      )}
    </div>
  );
}
