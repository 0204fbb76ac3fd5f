import type { ComponentChildren } from 'preact';
import { isSharing } from '../../shared/model/cobrowse.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { type Store, type View, viewKey, type WidgetState } from '../store.ts';
import { texts } from '../texts.ts';
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
  /** The features, which the shell does not know. */
  renderConversation(state: WidgetState, view: Exclude<View, { at: 'home' }>): ComponentChildren;
  renderComposer(state: WidgetState): ComponentChildren;
}

export function App(parts: AppParts) {
  const state = useStore(parts.store);
  const { config, actions, report } = parts;
  if (state.panel === 'closed') return null;
  const { view } = state;
  const log = view.at === 'conversation' ? state.logs[view.conversationId] : undefined;
  const who = whoAnswers({
    site: config.name,
    agents: state.agents,
    assignee: log?.state.assignee ?? null,
  });
  return (
    <Panel
      site={config.name}
      side={config.look.side}
      shares={
        state.cobrowse !== null &&
        (isSharing(state.cobrowse.state) || state.cobrowse.state.phase === 'offered')
      }
      viewKey={viewKey(view)}
      focusesText={view.at === 'draft'}
      takesFocus={parts.takesFocus()}
      onClose={actions.closePanel}
    >
      <Header
        who={who}
        onBack={view.at === 'home' ? null : () => actions.show({ at: 'home' })}
        onClose={actions.closePanel}
        greeting={
          view.at === 'home' ? { title: config.texts.greeting, intro: config.texts.intro } : undefined
        }
      />
      <Trouble state={state} />
      <ErrorBoundary key={viewKey(view)} report={report} fallback={<p class="crashed">{texts.crashed}</p>}>
        {view.at === 'home' ? (
          <>
            <FirstView state={state} config={config} actions={actions} />
            {parts.renderComposer(state)}
          </>
        ) : (
          parts.renderConversation(state, view)
        )}
      </ErrorBoundary>
    </Panel>
  );
}

/** Says that nothing can be sent or heard; CSS shows it only when that lasts longer than a moment. */
function Trouble({ state }: { state: WidgetState }) {
  const { connection } = state;
  const text = connection === 'offline' ? texts.noConnection : connection === 'refused' ? texts.refused : '';
  return (
    <div class="trouble" role="status">
      {text && <span>{text}</span>}
    </div>
  );
}
