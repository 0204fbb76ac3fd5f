import { MessageSquareX } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Refusal } from '../../shared/errors.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversations.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useLetterKeys } from '../use-letter-keys.ts';
import { CobrowseStrip } from './cobrowse-strip.tsx';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { MessageList } from './message-list.tsx';
import { useConversationActions } from './use-conversation-actions.ts';
import { VisitorPanel } from './visitor-panel.tsx';
import './conversation-view.css';

export interface ConversationViewProps {
  id: string;
  /** The list that this conversation was opened from. */
  backAddress: string;
}

/** A conversation and, beside it, its visitor. */
export function ConversationView({ id, backAddress }: ConversationViewProps) {
  const { store } = useConsole();
  const item = store.conversations.get(id);
  useEffect(() => {
    void store.conversations.open(id);
  }, [store, id]);

  const row = item.row.value;
  const opening = item.opening.value;
  if (typeof opening === 'object' && item.entries.value === null) {
    return (
      <ConversationRefused
        refusal={opening}
        backAddress={backAddress}
        onRetry={() => void store.conversations.open(id)}
      />
    );
  }
  if (!row) return <ConversationSkeleton />;
  return <OpenConversation item={item} row={row} backAddress={backAddress} />;
}

interface ConversationRefusedProps {
  refusal: Refusal;
  backAddress: string;
  onRetry: () => void;
}

function ConversationRefused({ refusal, backAddress, onRetry }: ConversationRefusedProps) {
  // An address that was cut or mistyped names no conversation either; trying again brings none.
  const isNowhere = refusal.error === 'not_found' || refusal.error === 'malformed';
  return (
    <section class="conversation conversation-stopped">
      <Notice
        page
        icon={MessageSquareX}
        tone={isNowhere ? 'plain' : 'danger'}
        title={isNowhere ? 'There is no such conversation' : 'This conversation did not open'}
        action={
          <>
            {isNowhere ? null : (
              <Button look="primary" onClick={onRetry}>
                Try again
              </Button>
            )}
            <a class={`button ${isNowhere ? 'button-primary' : 'button-plain'}`} href={backAddress}>
              Back to the list
            </a>
          </>
        }
      >
        {isNowhere
          ? 'The address may be incomplete, or it belongs to a site that you have no access to.'
          : refusalWords(refusal)}
      </Notice>
    </section>
  );
}

function OpenConversation({
  item,
  row,
  backAddress,
}: {
  item: Conversation;
  row: InboxRow;
  backAddress: string;
}) {
  const { store, preferences } = useConsole();
  const { route } = useLocation();
  const actions = useConversationActions(item);
  const composer = useRef<HTMLTextAreaElement>(null);
  /** On narrow screens the panel lies over the conversation and is closed at first. */
  const [drawer, setDrawer] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (drawer) panel.current?.querySelector('button')?.focus();
  }, [drawer]);
  const name = visitorName(row.visitor);
  const entries = item.entries.value;

  const togglePanel = () => {
    if (matchMedia('(min-width: 1200px)').matches)
      preferences.setVisitorPanel(!preferences.visitorPanel.value);
    else setDrawer(!drawer);
  };
  const toggleStatus = () => void actions.setStatus(actions.status === 'open' ? 'resolved' : 'open');
  useLetterKeys({
    r: () => composer.current?.focus(),
    e: toggleStatus,
    a: () => void actions.assign(store.agent.value?.id ?? null),
    v: togglePanel,
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('dialog, textarea, input, [role="menu"]'))
        return;
      event.preventDefault();
      if (drawer) setDrawer(false);
      else route(backAddress);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [backAddress, drawer, route]);

  const shownPanel = preferences.visitorPanel.value;
  return (
    <>
      <section class="conversation" aria-label={`Conversation with ${name}`}>
        <ConversationHeader
          item={item}
          row={row}
          actions={actions}
          backAddress={backAddress}
          onPanel={togglePanel}
          onStatus={toggleStatus}
        />
        <CobrowseStrip item={item} visitor={row.visitor} />
        {entries === null ? <MessagesSkeleton /> : <MessageList item={item} row={row} entries={entries} />}
        <Composer item={item} visitorName={name} inputRef={composer} />
      </section>
      <section
        ref={panel}
        class={`conversation-panel${shownPanel ? '' : ' conversation-panel-hidden'}${drawer ? ' conversation-panel-open' : ''}`}
        aria-label={`About ${name}`}
      >
        <VisitorPanel visitor={row.visitor} conversationId={item.id} onClose={() => setDrawer(false)} />
      </section>
      {drawer ? <div class="conversation-scrim" onClick={() => setDrawer(false)} aria-hidden="true" /> : null}
    </>
  );
}

function ConversationSkeleton() {
  return (
    <section class="conversation" aria-busy="true" aria-label="Loading the conversation">
      <div class="conversation-header">
        <Skeleton width="140px" height="16px" />
      </div>
      <MessagesSkeleton />
    </section>
  );
}

function MessagesSkeleton() {
  return (
    <div class="messages-skeleton" aria-hidden="true">
      <Skeleton width="52%" height="40px" />
      <Skeleton width="38%" height="40px" />
      <span class="messages-skeleton-own">
        <Skeleton width="46%" height="60px" />
      </span>
      <Skeleton width="44%" height="40px" />
    </div>
  );
}
