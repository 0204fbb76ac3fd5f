import { BadgeCheck, CloudOff, Lock, SearchX } from 'lucide';
import { visitorName } from '../../shared/model/visitor.ts';
import type { FoundCustomer, FoundMessage } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TimeText } from '../ui/time-text.tsx';
import type { SearchResults } from './search-results.ts';

export interface SearchHitsProps {
  results: SearchResults;
  text: string;
  showsSite: boolean;
  onRetry: () => void;
  onOpen: () => void;
}

/** What was found: customers first, then messages, newest first. */
export function SearchHits({ results, text, showsSite, onRetry, onOpen }: SearchHitsProps) {
  const phase = results.phase.value;
  const answered = results.answered.value;
  const messages = results.messages.value;
  const customers = results.customers.value;
  const more = results.more.value;
  if (typeof phase === 'object') {
    return (
      <Notice
        icon={CloudOff}
        tone="danger"
        title="The search did not work"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        {phase.error === 'malformed'
          ? 'Try other words: letters or figures are needed.'
          : refusalWords(phase)}
      </Notice>
    );
  }
  if (answered === null) return <ResultsSkeleton />;
  const isCurrent = answered.text === text && phase === 'idle';
  if (messages.length + customers.length === 0) {
    return (
      <>
        <Notice icon={SearchX} title={`Nothing found for “${answered.text.trim()}”`}>
          All words must be in one message. Try fewer words, or only the beginning of one.
        </Notice>
        <p class="unseen" role="status">
          Nothing found
        </p>
      </>
    );
  }
  return (
    <div class={isCurrent ? '' : 'search-old'} aria-busy={!isCurrent}>
      {customers.length > 0 ? (
        <section aria-label="Customers">
          <h2 class="search-title">Customers</h2>
          <ul>
            {customers.map((found) => (
              <li key={found.visitor.id}>
                <CustomerLink found={found} showsSite={showsSite} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {messages.length > 0 ? (
        <section aria-label="Messages">
          <h2 class="search-title">Messages</h2>
          <ul>
            {messages.map((found) => (
              <li key={`${found.conversationId} ${found.seq}`}>
                <MessageLink found={found} showsSite={showsSite} onOpen={onOpen} />
              </li>
            ))}
          </ul>
          {more === 'end' ? null : (
            <div class="search-more">
              {typeof more === 'object' ? <span role="alert">{refusalWords(more)}</span> : null}
              <Button busy={more === 'loading'} onClick={() => results.loadMore()}>
                {more === 'loading' ? 'Loading…' : 'Show more'}
              </Button>
            </div>
          )}
        </section>
      ) : null}
      <p class="unseen" role="status">
        {isCurrent
          ? `${customers.length} customers, ${messages.length}${more === 'end' ? '' : ' or more'} messages`
          : ''}
      </p>
    </div>
  );
}

function SiteName({ siteId }: { siteId: string }) {
  const { store } = useConsole();
  const name = store.sites.value.find(({ site }) => site.id === siteId)?.site.settings.name;
  return name === undefined ? null : <bdi class="search-site ellipsis">{name}</bdi>;
}

interface HitProps<Found> extends Pick<SearchHitsProps, 'showsSite' | 'onOpen'> {
  found: Found;
}

function CustomerLink({ found, showsSite, onOpen }: HitProps<FoundCustomer>) {
  const { visitor, name, email, conversationId } = found;
  const href = conversationId ? `/console/inbox/${conversationId}` : `/console/visitors/${visitor.id}`;
  const title = visitorName(visitor);
  return (
    <a class="search-result search-customer" href={href} onClick={onOpen}>
      <Avatar name={title} sizePx={32} />
      <span class="search-lines">
        <span class="search-line">
          <bdi class="search-name ellipsis">
            {name.text === '' ? title : <MarkedText text={name.text} marks={name.marks} />}
          </bdi>
          {visitor.verified ? (
            <span class="search-verified" title="Verified">
              <Icon node={BadgeCheck} sizePx={14} />
              <span class="unseen">Verified</span>
            </span>
          ) : null}
          {showsSite ? <SiteName siteId={visitor.siteId} /> : null}
          <span class="search-time">
            <TimeText atMs={visitor.lastSeenMs} />
          </span>
        </span>
        <bdi class="search-excerpt ellipsis">
          {email.text === '' ? (
            <span>{conversationId ? 'Last conversation' : 'No conversation yet'}</span>
          ) : (
            <MarkedText text={email.text} marks={email.marks} />
          )}
        </bdi>
      </span>
    </a>
  );
}

function MessageLink({ found, showsSite, onOpen }: HitProps<FoundMessage>) {
  const { conversationId, seq, kind, senderName, visitorName: who, excerpt, siteId, atMs } = found;
  const isByVisitor = senderName === null || senderName === who;
  return (
    <a class="search-result" href={`/console/inbox/${conversationId}?seq=${seq}`} onClick={onOpen}>
      <span class="search-lines">
        <span class="search-line">
          <bdi class="search-name ellipsis">{who}</bdi>
          {kind === 'note' ? (
            <span class="search-note">
              <Icon node={Lock} sizePx={12} /> Private note
            </span>
          ) : null}
          {showsSite ? <SiteName siteId={siteId} /> : null}
          <span class="search-time">
            <TimeText atMs={atMs} />
          </span>
        </span>
        <span class="search-excerpt">
          {isByVisitor ? null : <bdi class="search-sender">{senderName}: </bdi>}
          <bdi>
            <MarkedText text={excerpt.text} marks={excerpt.marks} />
          </bdi>
        </span>
      </span>
    </a>
  );
}

function ResultsSkeleton() {
  return (
    <div aria-busy="true" aria-label="Searching" role="status">
      {['54%', '38%', '61%', '45%', '57%'].map((width) => (
        <div key={width} class="search-skeleton">
          <Skeleton width={width} />
          <Skeleton width="88%" />
        </div>
      ))}
    </div>
  );
}
