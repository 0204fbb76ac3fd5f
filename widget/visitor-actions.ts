import type { SiteConfig } from '../shared/model/site.ts';
import type { Actions, Held } from './actions.ts';
import { mayAsk } from './asking.ts';
import type { Connection } from './connection.ts';
import type { Outbox } from './outbox.ts';
import { type OutboxItem, withoutFile } from './outbox-item.ts';
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

export interface VisitorActionsParts
  extends Pick<Actions, 'read' | 'load' | 'loadEarlier' | 'offerCobrowse'> {
  store: Store;
  config: SiteConfig;
  memory: TabMemory;
  /** The terms that the visitor has agreed to; null without any. */
  consent(): string | null;
  /** What ends a moment from now goes on: the visitor has more to say. */
  undoEnd(): void;
  outbox: Pick<Outbox, 'add' | 'retry' | 'remove' | 'change'>;
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

  function isNew(view: View): view is Exclude<View, { at: 'conversation' }> {
    const isStarted = ({ task }: OutboxItem) =>
      task.kind === 'message' && view.at === 'draft' && task.draftId === view.draftId;
    return view.at === 'home' || (view.at === 'draft' && !store.get().outbox.some(isStarted));
  }

  function held(view: View): Held {
    const name = draftName(view);
    const { heldId } = memory.draft(name);
    const task = store.get().outbox.find(({ clientId }) => clientId === heldId)?.task;
    return {
      files: (task?.kind === 'message' && task.files) || [],
      hold(files) {
        const before = memory.draft(name).heldId;
        const id = files.length > 0 ? randomId() : null;
        memory.setDraft(name, { heldId: id });
        if (id) {
          // The shelf knows whose they are by the token.
          parts.keepVisitor();
          const task = { kind: 'message', text: '', conversationId: null, draftId: null, files } as const;
          quietly(outbox.add(id, task, 'held'));
        }
        if (before) quietly(outbox.remove(before));
      },
    };
  }

  function sendNow(text: string, values: Record<string, string> | null) {
    parts.keepVisitor();
    parts.undoEnd();
    isUndecided = false;
    const { view } = store.get();
    const { files, hold } = held(view);
    const consent = parts.consent();
    const form = isNew(view) && (values || consent !== null) ? { values: values ?? {}, consent } : undefined;
    const place: View = view.at === 'home' ? { at: 'draft', draftId: randomId() } : view;
    if (place !== view) {
      takesFocus = true;
      go(place);
    }
    const conversationId = place.at === 'conversation' ? place.conversationId : null;
    const draftId = place.at === 'draft' ? place.draftId : null;
    quietly(
      outbox.add(randomId(), {
        kind: 'message',
        text,
        conversationId,
        draftId,
        ...(files.length > 0 && { files }),
        ...(form && { form }),
      }),
    );
    // They are in the message now, which stands before this on the shelf.
    hold([]);
  }

  return {
    read: parts.read,
    load: parts.load,
    loadEarlier: parts.loadEarlier,
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
    held,
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
      memory.setDraft(draftName(view), { text: '', heldId: null });
      go(next);
    },
    show(view) {
      takesFocus = true;
      isUndecided = false;
      go(view);
    },
    send(text) {
      const { view } = store.get();
      const asks = isNew(view) && mayAsk(parts.config, store.get());
      if (!asks) return sendNow(text, null);
      const draft: View = view.at === 'home' ? { at: 'draft', draftId: randomId() } : view;
      memory.setDraft(draftName(draft), { text });
      takesFocus = true;
      isUndecided = false;
      go(draft);
      store.change({ asks: draft.at === 'draft' ? draft.draftId : null });
    },
    sendForm(answers, text) {
      const { name, email } = answers;
      const known = store.get().customer ?? { name: null, email: null, verified: false };
      // The server hears of it with the message; here it is not asked for again.
      if (name || email) {
        store.change({ customer: { ...known, ...(name && { name }), ...(email && { email }) } });
      }
      sendNow(text, answers);
      memory.setDraft(draftName(store.get().view), { text: '' });
      memory.setForm({});
      store.change({ asks: null });
    },
    form: memory.form,
    setForm: memory.setForm,
    retry: (clientId) => quietly(outbox.retry(clientId)),
    remove(clientId) {
      quietly(outbox.remove(clientId));
      const { view, outbox: items } = store.get();
      if (view.at !== 'draft') return;
      const isEmpty = !items.some(({ task }) => task.kind === 'message' && task.draftId === view.draftId);
      if (isEmpty) go({ at: 'home' });
    },
    queue: (task) => quietly(outbox.add(randomId(), task)),
    removeFile: (clientId, key) => quietly(outbox.change(clientId, (item) => withoutFile(item, key))),
    setTyping(conversationId, typing) {
      if (connection.isOnline()) void connection.request('typing:set', { conversationId, typing });
    },
    draft: (view) => memory.draft(draftName(view)).text,
    setDraft: (view, text) => memory.setDraft(draftName(view), { text }),
  };
}
