import { MessagesSquare } from 'lucide';
import { useLayoutEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { Notice } from '../ui/notice.tsx';
import { ConversationView } from './conversation-view.tsx';
import { inboxAddress, inboxPlace } from './inbox-address.ts';
import { InboxList } from './inbox-list.tsx';
import { scopeOf } from './inbox-sites.ts';
import './inbox-page.css';

export function InboxPage() {
  const { params } = useRoute();
  const { query } = useLocation();
  const { store } = useConsole();
  const place = inboxPlace(query);
  const id = params.conversationId;
  const scope = scopeOf(place, store.sites.value, store.current.value);
  const scopeText = JSON.stringify(scope);
  usePageTitle('Inbox');
  // Before the list is drawn for the first time; again when the address or the site in view says something else.
  useLayoutEffect(() => store.conversations.show(scope, place.view), [store, scopeText, place.view]);

  return (
    <main class={id === undefined ? 'inbox' : 'inbox inbox-with-conversation'}>
      <InboxList place={place} scope={scope} selectedId={id ?? null} />
      {id === undefined ? (
        <div class="inbox-empty">
          <Notice icon={MessagesSquare} title="Choose a conversation">
            With the keyboard: <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>w</kbd> goes
            to who waits longest, <kbd>?</kbd> shows all keys.
          </Notice>
        </div>
      ) : (
        <ConversationView key={id} id={id} backAddress={inboxAddress(place)} />
      )}
    </main>
  );
}
