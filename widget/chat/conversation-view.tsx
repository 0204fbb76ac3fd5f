import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import type { OutboxItem } from '../outbox.ts';
import type { Visibility } from '../page/visibility.ts';
import { type View, viewKey, type WidgetState } from '../store.ts';
import { texts } from '../texts.ts';
import { dayOf } from '../ui/times.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { rowsOf } from './rows.ts';

export interface ConversationProps {
  state: WidgetState;
  view: Exclude<View, { at: 'home' }>;
  config: SiteConfig;
  actions: Actions;
  visibility: Visibility;
  /** The satisfaction question, when it stands in this conversation. */
  survey: ComponentChildren;
}

function belongs(item: OutboxItem, view: ConversationProps['view']): boolean {
  if (item.task.kind !== 'message') return false;
  return view.at === 'draft'
    ? item.task.draftId === view.draftId
    : item.task.conversationId === view.conversationId;
}

export function ConversationView({ state, view, config, actions, visibility, survey }: ConversationProps) {
  const id = view.at === 'conversation' ? view.conversationId : null;
  const log = id === null ? undefined : state.logs[id];
  const [isAtEnd, setAtEnd] = useState(false);
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

  const rows = rowsOf({
    entries: entries ?? [],
    outbox,
    agentReadSeq: log?.state.agentReadSeq ?? 0,
    dayOf,
  });
  const isAway = state.agents?.length === 0 && log?.state.status !== 'resolved';
  return (
    <>
      {isLoading && rows.length === 0 ? (
        <Skeleton />
      ) : (
        <MessageList
          key={viewKey(view)}
          rows={rows}
          typing={id === null ? undefined : state.typing[id]}
          actions={actions}
          onEnd={setAtEnd}
        >
          {isAway && config.texts.away && (
            <p class="away-note" dir="auto">
              {config.texts.away}
            </p>
          )}
          {survey}
          {log?.state.status === 'resolved' && !survey && (
            <p class="hint" dir="auto">
              {texts.resolvedHint}
            </p>
          )}
        </MessageList>
      )}
      <Composer
        key={viewKey(view)}
        placeholder={config.texts.placeholder}
        draft={actions.draft(view)}
        onDraft={(text) => actions.setDraft(view, text)}
        onSend={actions.send}
        onTyping={(typing) => {
          if (id !== null) actions.setTyping(id, typing);
        }}
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
      <i />
    </div>
  );
}
