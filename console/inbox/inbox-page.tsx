import { MessagesSquare } from 'lucide';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { Notice } from '../ui/notice.tsx';
import { ConversationView } from './conversation-view.tsx';
import { inboxAddress } from './inbox-address.ts';
import { InboxList } from './inbox-list.tsx';
import './inbox-page.css';

export function InboxPage() {
  const { params } = useRoute();
  const { query } = useLocation();
  const status = query.list === 'resolved' ? 'resolved' : 'open';
  const id = params.conversationId;

  return (
    <main class={id === undefined ? 'inbox' : 'inbox inbox-with-conversation'}>
      <InboxTitle />
      <InboxList status={status} selectedId={id ?? null} />
      {id === undefined ? (
        <div class="inbox-empty">
          <Notice icon={MessagesSquare} title="Choose a conversation">
            With the keyboard: <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> shows
            all keys.
          </Notice>
        </div>
      ) : (
        <ConversationView key={id} id={id} backAddress={inboxAddress(status)} />
      )}
    </main>
  );
}

/** A part of its own, so that a count that changes draws nothing else. */
function InboxTitle() {
  const { store } = useConsole();
  usePageTitle('Inbox', store.conversations.unread.value);
  return null;
}
