import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { firstSeq } from '../conversation-log.ts';
import type { OutboxItem } from '../outbox-item.ts';
import type { Visibility } from '../page/visibility.ts';
import { type View, viewKey, type WidgetState } from '../store.ts';
import * as texts from '../texts.ts';
import { dayOf } from '../ui/times.ts';
import type { ChatParts } from './chat-parts.ts';
import { Composer } from './composer.tsx';
import type { MessageActions } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { nextNewFrom } from './new-messages.ts';
import { rowsOf } from './rows.ts';

export interface ConversationProps {
  state: WidgetState;
  view: Exclude<View, { at: 'home' }>;
  config: SiteConfig;
  actions: Actions;
  visibility: Visibility;
  chat: ChatParts;
  /** The satisfaction question, when it stands in this conversation. */
  survey: ComponentChildren;
}

function belongs({ task }: OutboxItem, view: ConversationProps['view']): boolean {
  if (view.at === 'draft') return task.kind === 'message' && task.draftId === view.draftId;
  const isOurs = task.kind === 'message' || task.kind === 'edit' || task.kind === 'deletion';
  return isOurs && task.conversationId === view.conversationId;
}

export function ConversationView(props: ConversationProps) {
  const { state, view, config, actions, visibility, chat, survey } = props;
  const id = view.at === 'conversation' ? view.conversationId : null;
  const log = id === null ? undefined : state.logs[id];
  const [isAtEnd, setAtEnd] = useState(false);
  const [editing, setEditing] = useState<{ seq: number; text: string } | null>(null);
  const outbox = state.outbox.filter((item) => belongs(item, view));
  const entries = log?.entries ?? null;
  const isLoading = id !== null && entries === null;

  useEffect(() => {
    if (id !== null) actions.load(id);
  }, [id]);

  useEffect(() => {
    if (id === null || !isAtEnd || isLoading) return;
    actions.read(id);
    return visibility.onChange(() => actions.read(id));
  }, [id, isAtEnd, isLoading, log?.state.lastSeq]);

  const newFromSeq = useRef<number | null>(null);
  newFromSeq.current = nextNewFrom(newFromSeq.current, log?.state, {
    isLooking: isAtEnd && visibility.isVisible(),
    readHereSeq: state.readHere[id ?? ''] ?? 0,
  });

  const rows = rowsOf({
    entries: entries ?? [],
    outbox,
    agentReadSeq: log?.state.agentReadSeq ?? 0,
    agentDeliveredSeq: log?.state.agentDeliveredSeq ?? 0,
    newFromSeq: newFromSeq.current,
    dayOf,
  });
  const isClosed = log?.state.status === 'closed';
  const isAway = state.agents?.length === 0 && !isClosed;
  const messageActions: MessageActions = {
    ...actions,
    edit(row) {
      if (row.seq !== null) setEditing({ seq: row.seq, text: row.text });
    },
    takeBack(row) {
      if (id !== null && row.seq !== null)
        actions.queue({ kind: 'deletion', conversationId: id, seq: row.seq });
    },
  };
  return (
    <>
      {isLoading && rows.length === 0 ? (
        <Skeleton />
      ) : (
        <MessageList
          key={viewKey(view)}
          rows={rows}
          hasEarlier={log?.entries ? firstSeq(log) > 1 : false}
          typing={id === null ? undefined : state.typing[id]}
          actions={messageActions}
          chat={chat}
          onEnd={setAtEnd}
          loadEarlier={() => {
            if (id !== null) actions.loadEarlier(id);
          }}
        >
          {isAway && config.texts.away && (
            <p class="notice-card" dir="auto">
              {config.texts.away}
            </p>
          )}
          {survey}
          {isClosed && !survey && (
            <p class="hint" dir="auto">
              {texts.closedHint}
            </p>
          )}
        </MessageList>
      )}
      <Composer
        key={editing ? `edit ${editing.seq}` : `${viewKey(view)} ${state.prefilled}`}
        placeholder={config.texts.placeholder}
        draft={editing ? editing.text : actions.draft(view)}
        files={editing ? null : config.chat.files}
        held={actions.held(view)}
        chat={chat}
        onDraft={(text) => {
          if (!editing) actions.setDraft(view, text);
        }}
        onSend={(text) => {
          setEditing(null);
          if (id === null || !editing) actions.send(text);
          else if (text !== editing.text) {
            actions.queue({ kind: 'edit', conversationId: id, seq: editing.seq, text });
          }
        }}
        onTyping={(typing) => {
          if (id !== null && !editing) actions.setTyping(id, typing);
        }}
        onCancel={editing ? () => setEditing(null) : undefined}
      />
    </>
  );
}

/** Shape of a conversation while it is fetched; seen only when that takes longer than a moment. */
function Skeleton() {
  return (
    <div class="list skeleton" role="status" aria-label={texts.loading}>
      <i class="mine" />
      <i />
      <i class="mine" />
    </div>
  );
}
