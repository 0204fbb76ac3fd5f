import type { ComponentChildren } from 'preact';
import type { AgentCard } from '../../shared/model/agent.ts';
import { isSharing } from '../../shared/model/cobrowse.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { isAway } from '../asking.ts';
import type { Extras, LaterView } from '../extras/extras.ts';
import { type Store, type View, viewKey, type WidgetState } from '../store.ts';
import * as texts from '../texts.ts';
import { Late } from '../ui/late.tsx';
import type { Part } from '../ui/part.ts';
import { useStore } from '../ui/use-store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { FirstView } from './first-view.tsx';
import { Header } from './header.tsx';
import { Panel } from './panel.tsx';
import { whoAnswers } from './who-answers.ts';

export interface AppParts {
  store: Store;
  config: SiteConfig;
  actions: Actions;
  report(error: unknown): void;
  /** The panel was opened by a person: it may take the focus. */
  takesFocus(): boolean;
  /** The panel is a window of its own. */
  isWindow: boolean;
  /** Address of an agent's picture. */
  picture(agent: AgentCard): string | null;
  /** Forgets the visitor of this browser. */
  startAnew(): void;
  /** The features, which the shell does not know. */
  renderConversation(state: WidgetState, view: Exclude<View, { at: 'home' }>): ComponentChildren;
  renderComposer(state: WidgetState): ComponentChildren;
  renderConversations(state: WidgetState): ComponentChildren;
  /** What few visitors see. */
  extras: Part<Extras>;
}

export function App(parts: AppParts) {
  const state = useStore(parts.store);
  const { config, actions, report, isWindow } = parts;
  if (state.panel === 'closed') return null;
  const { view, consented } = state;
  const isHome = view.at === 'home';
  const isAsking = view.at === 'draft' && state.asks === view.draftId;
  const id = view.at === 'conversation' ? view.conversationId : null;
  const who = whoAnswers({
    site: config.name,
    agents: state.agents,
    assignee: (id !== null && state.logs[id]?.state.assignee) || null,
    hours: state.hours,
    usualReplyMs: config.chat.replyTime ? state.usualReplyMs : null,
  });
  const later = (name: LaterView, onClose = (_: boolean) => {}) => (
    <Late part={parts.extras}>{(extras) => extras.render(name, state, onClose)}</Late>
  );
  const key = consented ? `${viewKey(view)}${isAsking ? ' form' : ''}` : 'consent';
  return (
    <Panel
      site={config.name}
      side={config.look.side}
      shares={
        state.cobrowse !== null &&
        (isSharing(state.cobrowse.state) || state.cobrowse.state.phase === 'offered')
      }
      viewKey={key}
      focusesText={view.at === 'draft'}
      takesFocus={parts.takesFocus()}
      onEscape={isWindow ? () => {} : actions.closePanel}
    >
      <Header
        key={consented}
        who={who}
        picture={parts.picture}
        onBack={isHome || !consented ? null : () => actions.show({ at: 'home' })}
        onClose={actions.closePanel}
        renderMenu={consented ? (onClose) => later('menu', onClose) : null}
        greeting={
          isHome && consented ? { title: config.texts.greeting, intro: config.texts.intro } : undefined
        }
      />
      {consented && <Trouble state={state} onStartAnew={parts.startAnew} />}
      <Queue position={id === null ? undefined : state.queue[id]} />
      <ErrorBoundary key={key} report={report} fallback={<p class="hint">{texts.crashed}</p>}>
        {!consented ? (
          later('consent')
        ) : isHome ? (
          <>
            <FirstView
              state={state}
              config={config}
              actions={actions}
              canShare={!isWindow}
              conversations={parts.renderConversations(state)}
            />
            {parts.renderComposer(state)}
          </>
        ) : isAsking ? (
          later('form')
        ) : (
          <>
            {isAway(state) && later('email')}
            {parts.renderConversation(state, view)}
            {id !== null && state.ending === id && later('ending')}
          </>
        )}
      </ErrorBoundary>
    </Panel>
  );
}

/** Says that nothing can be sent or heard; CSS shows it only when that lasts longer than a moment. */
function Trouble({ state, onStartAnew }: { state: WidgetState; onStartAnew(): void }) {
  const { connection, signedOut } = state;
  const text =
    connection === 'offline'
      ? texts.noConnection
      : connection !== 'refused'
        ? ''
        : signedOut
          ? texts.signedOut
          : texts.refused;
  return (
    <div class="trouble" role="status">
      {text && (
        <span>
          {text}{' '}
          {text === texts.signedOut && (
            <button type="button" class="again" onClick={onStartAnew}>
              {texts.startAnew}
            </button>
          )}
        </span>
      )}
    </div>
  );
}

/** The visitor's place while all agents are busy; it is read out when it changes, without haste. */
function Queue({ position }: { position: number | undefined }) {
  return (
    <div class="queue" role="status">
      {position !== undefined && texts.queue(position)}
    </div>
  );
}
