import { useEffect, useState } from 'preact/hooks';
import type { AgentCard } from '../../../shared/model/agent.ts';
import type { GrantMode, GrantScope } from '../../../shared/model/grant.ts';
import * as texts from './control-texts.ts';

export interface ControlPanelProps {
  asked: { agent: AgentCard; scopes: readonly GrantScope[] } | null;
  held: { agent: AgentCard; mode: GrantMode } | null;
  /** What waits for the visitor's word. */
  proposal: string | null;
  canUndo: boolean;
  onAnswer(mode: GrantMode | null): void;
  onMode(mode: GrantMode): void;
  onTakeBack(): void;
  onUndo(): void;
  onProposal(accept: boolean): void;
}

/** The visitor's hand on an agent's: who asks, who acts, what is suggested. Only the visitor's own presses count. */
export function ControlPanel(props: ControlPanelProps) {
  const { asked, held, proposal } = props;
  const own = (run: () => void) => (event: Event) => {
    if (event.isTrusted) run();
  };
  const said = asked
    ? `${texts.asks(asked.agent.name)}. ${texts.allows(asked.scopes)}`
    : held && proposal
      ? texts.wants(held.agent.name, proposal)
      : held
        ? `${(held.mode === 'direct' ? texts.controls : texts.proposes)(held.agent.name)}. ${texts.howToEnd}`
        : '';
  // A live region speaks what changes in it: empty at first, so that the first words are spoken, too.
  const [spoken, setSpoken] = useState('');
  useEffect(() => setSpoken(said), [said]);
  return (
    <fieldset aria-label={texts.region} class="cb-cards">
      <span class="unseen" role="status">
        {spoken}
      </span>
      {asked && (
        <div class="cb-card cb-control-ask" style={{ '--agent': asked.agent.color }}>
          <p dir="auto">
            <b>{texts.asks(asked.agent.name)}</b>
            <span>{texts.allows(asked.scopes)}</span>
          </p>
          <div>
            <button type="button" onClick={own(() => props.onAnswer(null))}>
              {texts.refuse}
            </button>
            <button type="button" onClick={own(() => props.onAnswer('propose'))}>
              {texts.propose}
            </button>
            <button type="button" class="cb-yes" onClick={own(() => props.onAnswer('direct'))}>
              {texts.allow}
            </button>
          </div>
        </div>
      )}
      {held && proposal !== null && (
        <div class="cb-card cb-proposal" style={{ '--agent': held.agent.color }}>
          <p dir="auto">
            <b>{texts.wants(held.agent.name, proposal)}</b>
          </p>
          <div>
            <button type="button" onClick={own(() => props.onProposal(false))}>
              {texts.decline}
            </button>
            <button type="button" class="cb-yes" onClick={own(() => props.onProposal(true))}>
              {texts.accept}
            </button>
          </div>
        </div>
      )}
      {held && (
        <div class="cb-card cb-control-held" style={{ '--agent': held.agent.color }}>
          <p dir="auto">
            <b>{(held.mode === 'direct' ? texts.controls : texts.proposes)(held.agent.name)}</b>
            <span>{texts.howToEnd}</span>
          </p>
          <div>
            {props.canUndo && (
              <button type="button" onClick={own(props.onUndo)}>
                {texts.undo}
              </button>
            )}
            <button
              type="button"
              onClick={own(() => props.onMode(held.mode === 'direct' ? 'propose' : 'direct'))}
            >
              {held.mode === 'direct' ? texts.askEach : texts.allowAll}
            </button>
            <button type="button" class="cb-yes" onClick={own(props.onTakeBack)}>
              {texts.takeBack}
            </button>
          </div>
        </div>
      )}
    </fieldset>
  );
}
