import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { lastActivityMs } from '../../shared/model/conversation.ts';
import { type Visitor, visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { inboxAddress } from './inbox-address.ts';
import { safeAddress } from './linked-text.ts';
import { pageName } from './page-name.ts';
import './visitor-panel.css';

export interface VisitorPanelProps {
  visitor: Visitor;
  conversationId: string;
  onClose: () => void;
}

export function VisitorPanel({ visitor, conversationId, onClose }: VisitorPanelProps) {
  const { store } = useConsole();
  const name = visitorName(visitor);
  const others = store.conversations.ofVisitor(visitor.id).filter((id) => id !== conversationId);
  return (
    <div class="visitor-panel scrolls">
      <header class="visitor-head">
        <Avatar name={name} sizePx={40} />
        <div class="visitor-who">
          <h2>
            <bdi class="ellipsis">{name}</bdi>
          </h2>
          <p class={visitor.online ? 'visitor-online' : 'muted'}>
            {visitor.online ? (
              'On the site now'
            ) : (
              <>
                Last seen <TimeText atMs={visitor.lastSeenMs} as="ago" />
              </>
            )}
          </p>
        </div>
        <span class="visitor-close">
          <Button look="quiet" icon={X} label="Close" onClick={onClose} />
        </span>
      </header>

      <section>
        <h3>{visitor.online ? 'Page' : 'Last page'}</h3>
        <PageLink url={visitor.page.url} words={pageName(visitor.page)} />
        <p class="visitor-address" dir="ltr">
          {withoutScheme(visitor.page.url)}
        </p>
      </section>

      <section>
        <h3>Details</h3>
        <dl class="visitor-facts">
          <Fact name="E-mail">
            {visitor.email ? <a href={`mailto:${encodeURI(visitor.email)}`}>{visitor.email}</a> : null}
          </Fact>
          <Fact name="Came from">
            {visitor.referrer ? (
              <PageLink url={visitor.referrer} words={withoutScheme(visitor.referrer)} />
            ) : null}
          </Fact>
          <Fact name="Browser">{visitor.browser || null}</Fact>
          <Fact name="Language">{languageName(visitor.language)}</Fact>
          <Fact name="Local time">{localTime(visitor.timeZone, nowMs.value)}</Fact>
          <Fact name="First seen">
            <TimeText atMs={visitor.firstSeenMs} as="ago" />
          </Fact>
          <Fact name="Last seen">
            {visitor.online ? 'Now' : <TimeText atMs={visitor.lastSeenMs} as="ago" />}
          </Fact>
        </dl>
      </section>

      {others.length > 0 ? (
        <section>
          <h3>Other conversations</h3>
          <ul class="visitor-others">
            {others.map((id) => (
              <OtherConversation key={id} id={id} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="visitor-fact">
      <dt>{name}</dt>
      <dd dir="auto">{children ?? <span class="muted">Not known</span>}</dd>
    </div>
  );
}

function PageLink({ url, words }: { url: string; words: string }) {
  const href = safeAddress(url);
  if (href === null) return <span dir="auto">{words}</span>;
  return (
    <a class="visitor-page" href={href} target="_blank" rel="noopener noreferrer" dir="auto">
      {words}
    </a>
  );
}

function OtherConversation({ id }: { id: string }) {
  const { store } = useConsole();
  const row = store.conversations.get(id).row.value;
  if (!row) return null;
  const { conversation } = row;
  const last = conversation.lastMessage;
  return (
    <li>
      <a class="visitor-other" href={inboxAddress(conversation.status, id)}>
        <bdi class="ellipsis">{last?.preview ?? 'No message'}</bdi>
        <span class="muted">
          {conversation.status === 'open' ? 'Open' : 'Resolved'}
          {' · '}
          <TimeText atMs={lastActivityMs(conversation)} />
        </span>
      </a>
    </li>
  );
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}

function languageName(tag: string): string | null {
  if (tag === '') return null;
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // The visitor's browser may say anything; a tag that is none is shown as it is.
    return tag;
  }
}

function localTime(timeZone: string, atMs: number): string | null {
  if (timeZone === '') return null;
  try {
    const time = new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
    });
    return `${time.format(atMs)}, ${timeZone.replaceAll('_', ' ')}`;
  } catch {
    // A time zone that this browser does not know still says something.
    return timeZone;
  }
}
