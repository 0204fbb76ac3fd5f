import { MessageSquareX } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Refusal } from '../../shared/errors.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { wasLastInputKey } from '../ui/last-input.ts';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CobrowseStrip } from './cobrowse-strip.tsx';
import { Composer } from './composer.tsx';
import { type BarMenu, ConversationBar } from './conversation-bar.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import type { WritingMode } from './drafts.ts';
import { lastEditable } from './last-editable.ts';
import { MessageList } from './message-list.tsx';
import { SnoozeDialog } from './snooze-dialog.tsx';
import type { MessageItem } from './timeline.ts';
import { TransferDialog } from './transfer-dialog.tsx';
import { useConversationActions } from './use-conversation-actions.ts';
import { useConversationCommands } from './use-conversation-commands.ts';
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
  // Whoever opens it by a key goes on with keys as commands.
  const [takesFocus] = useState(() => !wasLastInputKey());
  // Before the frame is drawn, and before the parts of the pane ask for anything.
  useLayoutEffect(() => {
    void store.conversations.open(id);
  }, [store, id]);

  // Colleagues see who looks at a conversation; only while it is looked at.
  useEffect(() => {
    const tell = () => store.conversations.tellViewing(document.visibilityState === 'visible' ? id : null);
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      store.conversations.tellViewing(null);
    };
  }, [store, id]);

  const row = item.shown.value;
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
  return <OpenConversation item={item} row={row} backAddress={backAddress} takesFocus={takesFocus} />;
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
  takesFocus,
}: {
  item: Conversation;
  row: InboxRow;
  backAddress: string;
  takesFocus: boolean;
}) {
  const { store, preferences } = useConsole();
  const { route, query } = useLocation();
  const actions = useConversationActions(item);
  const composer = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<WritingMode>('reply');
  const [editing, setEditing] = useState<MessageItem | null>(null);
  const [menu, setMenu] = useState<BarMenu | null>(null);
  const [dialog, setDialog] = useState<'snooze' | 'transfer' | 'merge' | null>(null);
  /** On narrow screens the panel lies over the conversation and is closed at first. */
  const [drawer, setDrawer] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (drawer) panel.current?.querySelector('button')?.focus();
  }, [drawer]);
  const name = visitorName(row.visitor);
  const entries = item.entries.value;
  const soughtSeq = /^\d{1,15}$/.test(query.seq ?? '') ? Number(query.seq) : null;

  const togglePanel = () => {
    if (matchMedia('(min-width: 1200px)').matches)
      preferences.setVisitorPanel(!preferences.visitorPanel.value);
    else setDrawer(!drawer);
  };
  const write = (next: WritingMode) => {
    setMode(next);
    composer.current?.focus();
  };
  const remove = ({ kind, seq }: MessageItem) => {
    if (seq !== null) actions.remove({ of: kind, seq });
  };
  const editLast = () => {
    const me = store.agent.peek();
    const own = me && lastEditable(entries ?? [], me, store.serverNowMs());
    if (own) setEditing(own);
  };
  useConversationCommands({
    row,
    actions,
    mode,
    onWrite: write,
    onMenu: setMenu,
    onDialog: setDialog,
    onPanel: togglePanel,
  });

  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (
        event.target instanceof Element &&
        event.target.closest('dialog, textarea, input, [role="menu"], [role="dialog"]')
      )
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
        />
        <ConversationBar
          row={row}
          actions={actions}
          open={menu}
          onOpen={setMenu}
          onTransfer={() => setDialog('transfer')}
          onSnoozeAt={() => setDialog('snooze')}
        />
        <CobrowseStrip item={item} visitor={row.visitor} />
        {entries === null ? (
          <MessagesSkeleton />
        ) : (
          <MessageList
            item={item}
            row={row}
            entries={entries}
            soughtSeq={soughtSeq}
            onEdit={setEditing}
            onRemove={remove}
          />
        )}
        <Composer
          item={item}
          row={row}
          actions={actions}
          inputRef={composer}
          takesFocus={takesFocus}
          mode={mode}
          onMode={setMode}
          editing={editing}
          onEditEnd={() => {
            setEditing(null);
            composer.current?.focus();
          }}
          onEditLast={editLast}
        />
      </section>
      <section
        ref={panel}
        class={`conversation-panel${shownPanel ? '' : ' conversation-panel-hidden'}${drawer ? ' conversation-panel-open' : ''}`}
        aria-label={`About ${name}`}
      >
        <VisitorPanel
          visitor={row.visitor}
          conversationId={item.id}
          isMerging={dialog === 'merge'}
          onMerging={(isOpen) => setDialog(isOpen ? 'merge' : null)}
          onClose={() => setDrawer(false)}
        />
      </section>
      {drawer ? <div class="conversation-scrim" onClick={() => setDrawer(false)} aria-hidden="true" /> : null}
      {dialog === 'snooze' ? (
        <SnoozeDialog onSnooze={actions.snooze} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'transfer' ? (
        <TransferDialog row={row} actions={actions} onClose={() => setDialog(null)} />
      ) : null}
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
