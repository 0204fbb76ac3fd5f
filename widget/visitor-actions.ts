import type { Actions } from './actions.ts';
import type { Connection } from './connection.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { randomId } from './random-id.ts';
import { type Store, startingView, type View } from './store.ts';
import type { TabMemory } from './tab-memory.ts';

export interface VisitorActions extends Actions {
  /** `byPerson`: the focus moves into the panel; not after a page load that finds it open. */
  openPanel(byPerson: boolean): void;
  takesFocus(): boolean;
  /** The visitor's conversations are known now: a panel that was opened before that shows what waits in them. */
  onOpened(): void;
  /** A first message has started its conversation: the view goes on in it. */
  onDelivered(item: OutboxItem, conversationId: string | null): void;
}

export interface VisitorActionsParts extends Pick<Actions, 'read' | 'load' | 'offerCobrowse'> {
  store: Store;
  memory: TabMemory;
  outbox: Pick<Outbox, 'add' | 'retry' | 'remove'>;
  connection: Pick<Connection, 'request' | 'isOnline'>;
  /** From the first message on, this browser keeps the visitor's token. */
  keepVisitor(): void;
  quietly(work: Promise<unknown>): void;
  onPanel(panel: 'open' | 'closed'): void;
}

const draftName = (view: View) => (view.at === 'conversation' ? view.conversationId : 'new');

export function createVisitorActions(parts: VisitorActionsParts): VisitorActions {
  const { store, memory, outbox, connection, quietly } = parts;
  let takesFocus = false;
  /** Opened before the conversations were known, and the visitor has not gone anywhere since. */
  let isUndecided = false;

  function go(view: View) {
    memory.setConversationId(view.at === 'conversation' ? view.conversationId : null);
    store.change({ view });
  }

  return {
    read: parts.read,
    load: parts.load,
    offerCobrowse: parts.offerCobrowse,
    takesFocus: () => takesFocus,
    openPanel(byPerson) {
      if (store.get().panel === 'open') return;
      takesFocus = byPerson;
      isUndecided = !store.get().opened;
      memory.setOpen(true);
      store.change({ panel: 'open', view: startingView(store.get()) });
      parts.onPanel('open');
    },
    closePanel() {
      if (store.get().panel === 'closed') return;
      memory.setOpen(false);
      store.change({ panel: 'closed' });
      parts.onPanel('closed');
    },
    onOpened() {
      const state = store.get();
      if (isUndecided && state.panel === 'open' && state.view.at === 'home') {
        const keptId = memory.conversationId();
        const isKept = !takesFocus && keptId !== null && keptId in state.logs;
        go(isKept ? { at: 'conversation', conversationId: keptId } : startingView(state));
      }
      isUndecided = false;
    },
    onDelivered(item, conversationId) {
      const { view } = store.get();
      const draftId = item.task.kind === 'message' ? item.task.draftId : null;
      if (conversationId === null || view.at !== 'draft' || view.draftId !== draftId) return;
      const next: View = { at: 'conversation', conversationId, draftId };
      memory.setDraft(draftName(next), memory.draft(draftName(view)));
      memory.setDraft(draftName(view), '');
      go(next);
    },
    show(view) {
      takesFocus = true;
      isUndecided = false;
      go(view);
    },
    send(text) {
      parts.keepVisitor();
      isUndecided = false;
      const { view } = store.get();
      const place: View = view.at === 'home' ? { at: 'draft', draftId: randomId() } : view;
      if (place !== view) {
        takesFocus = true;
        go(place);
      }
      const conversationId = place.at === 'conversation' ? place.conversationId : null;
      const draftId = place.at === 'draft' ? place.draftId : null;
      quietly(outbox.add(randomId(), { kind: 'message', text, conversationId, draftId }));
    },
    retry: (clientId) => quietly(outbox.retry(clientId)),
    remove(clientId) {
      quietly(outbox.remove(clientId));
      const { view, outbox: items } = store.get();
      if (view.at !== 'draft') return;
      const isEmpty = !items.some(({ task }) => task.kind === 'message' && task.draftId === view.draftId);
      if (isEmpty) go({ at: 'home' });
    },
    setTyping(conversationId, typing) {
      if (connection.isOnline()) void connection.request('typing:set', { conversationId, typing });
    },
    answerSurvey(conversationId, surveyId, score, comment) {
      quietly(outbox.add(randomId(), { kind: 'survey_answer', conversationId, surveyId, score, comment }));
    },
    dismissSurvey(conversationId, surveyId) {
      quietly(outbox.add(randomId(), { kind: 'survey_dismiss', conversationId, surveyId }));
    },
    draft: (view) => memory.draft(draftName(view)),
    setDraft: (view, text) => memory.setDraft(draftName(view), text),
  };
}
