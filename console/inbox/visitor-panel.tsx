import { BadgeCheck, Merge, Split, UserRoundX, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type ConversationState, lastActivityMs } from '../../shared/model/conversation.ts';
import { type Visitor, type VisitorChange, visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { lastWords } from '../last-words.ts';
import { refusalWords } from '../refusal-words.ts';
import { safeAddress } from '../safe-address.ts';
import { statusWords } from '../status-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { useCustomer } from '../use-customer.ts';
import { languageWords, localTimeWords } from '../visitor-words.ts';
import { EditableFact } from './editable-fact.tsx';
import { inboxAddress, placeOfStatus } from './inbox-address.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { pageName } from './page-name.ts';
import { useVisitorMerge } from './use-visitor-merge.ts';
import { eventsShown, VisitorEvents } from './visitor-events.tsx';
import './visitor-panel.css';

export interface VisitorPanelProps {
  visitor: Visitor;
  conversationId: string;
  /** The search for another record of this person is open. */
  isMerging: boolean;
  onMerging(open: boolean): void;
  onClose: () => void;
}

export function VisitorPanel({ visitor, conversationId, isMerging, onMerging, onClose }: VisitorPanelProps) {
  const { connection } = useConsole();
  const { fetched, reload } = useCustomer(visitor.siteId, visitor.id);
  const customer = fetched.phase === 'ready' ? fetched.customer : null;
  const { merge, unmerge } = useVisitorMerge(reload);
  const [allEvents, setAllEvents] = useState(false);
  const name = visitorName(visitor);
  const events = customer?.events ?? [];
  const same = (customer?.same ?? []).filter(({ id }) => id !== visitor.id);
  const others = (customer?.conversations ?? []).filter(({ id }) => id !== conversationId);
  const attributes = Object.entries(visitor.attributes);

  const change = async (wanted: VisitorChange): Promise<string | null> => {
    const reply = await connection.request('visitor:change', {
      siteId: visitor.siteId,
      visitorId: visitor.id,
      change: wanted,
    });
    if (reply.ok) return null;
    return reply.error === 'malformed'
      ? 'The server does not take this. Look for a mistype.'
      : refusalWords(reply);
  };

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
      <p class={visitor.verified ? 'visitor-identity visitor-verified' : 'visitor-identity muted'}>
        <Icon node={visitor.verified ? BadgeCheck : UserRoundX} sizePx={14} />
        {visitor.verified
          ? 'Verified: the site has signed who this is'
          : 'Not verified: name and address are as they were typed'}
      </p>

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
          <EditableFact
            key={`${visitor.id} name`}
            name="Name"
            type="text"
            maxLength={120}
            value={visitor.name}
            onSave={(next) => change({ name: next })}
          />
          <EditableFact
            key={`${visitor.id} email`}
            name="E-mail"
            type="email"
            maxLength={254}
            value={visitor.email}
            onSave={(next) => change({ email: next })}
          />
          {visitor.externalId === null ? null : <Fact name="Id at the site">{visitor.externalId}</Fact>}
          <Fact name="Local time">{zoneWords(visitor.timeZone)}</Fact>
          <Fact name="Came from">
            {visitor.referrer ? (
              <PageLink url={visitor.referrer} words={withoutScheme(visitor.referrer)} />
            ) : null}
          </Fact>
          <Fact name="Browser">{visitor.browser || null}</Fact>
          <Fact name="Language">{languageWords(visitor.language, locale) || null}</Fact>
          <Fact name="First seen">
            <TimeText atMs={visitor.firstSeenMs} as="ago" />
          </Fact>
          <Fact name="Last seen">
            {visitor.online ? 'Now' : <TimeText atMs={visitor.lastSeenMs} as="ago" />}
          </Fact>
        </dl>
      </section>

      {attributes.length > 0 ? (
        <section>
          <h3>Attributes</h3>
          <dl class="visitor-facts">
            {attributes.map(([attribute, value]) => (
              <Fact key={attribute} name={attribute}>
                {typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)}
              </Fact>
            ))}
          </dl>
        </section>
      ) : null}

      {fetched.phase === 'refused' ? (
        <section>
          <p class="field-error" role="alert">
            The history did not load. {refusalWords(fetched.refusal)}
          </p>
          <Button onClick={reload}>Try again</Button>
        </section>
      ) : null}

      {others.length > 0 ? (
        <section>
          <h3>Other conversations</h3>
          <ul class="visitor-others">
            {others.map((conversation) => (
              <OtherConversation key={conversation.id} conversation={conversation} />
            ))}
          </ul>
        </section>
      ) : null}

      {events.length > 0 ? (
        <section>
          <h3>Events</h3>
          <VisitorEvents events={allEvents ? events : events.slice(0, eventsShown)} />
          {events.length > eventsShown && !allEvents ? (
            <Button look="quiet" onClick={() => setAllEvents(true)}>
              Show all {events.length}
            </Button>
          ) : null}
        </section>
      ) : null}

      <section>
        <h3>Same person</h3>
        {same.length > 0 ? (
          <ul class="visitor-same">
            {same.map((one) => (
              <li key={one.id}>
                <span class="visitor-same-words">
                  <bdi class="ellipsis">{visitorName(one)}</bdi>
                  <span class="muted ellipsis">
                    {one.externalId !== null && one.externalId === visitor.externalId
                      ? `Same signed id, ${one.browser || 'another browser'}`
                      : `Merged by an agent, ${one.browser || 'another browser'}`}
                  </span>
                </span>
                {one.mergedInto?.id === visitor.id ? (
                  <Button
                    look="quiet"
                    icon={Split}
                    label={`Take ${visitorName(one)} apart again`}
                    onClick={() => unmerge(one)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        ) : (
          <p class="muted">No other record is known to be this person.</p>
        )}
        <div class="visitor-merge">
          {visitor.mergedInto ? (
            <Button icon={Split} onClick={() => unmerge(visitor)}>
              Take apart again
            </Button>
          ) : (
            <Button icon={Merge} onClick={() => onMerging(true)}>
              Merge with another…
            </Button>
          )}
        </div>
      </section>
      {isMerging ? (
        <MergeDialog
          visitor={visitor}
          sameIds={same.map(({ id }) => id)}
          onMerge={(into) => merge(visitor, into)}
          onClose={() => onMerging(false)}
        />
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

function OtherConversation({ conversation }: { conversation: ConversationState }) {
  return (
    <li>
      <a class="visitor-other" href={inboxAddress(placeOfStatus(conversation.status), conversation.id)}>
        <bdi class="ellipsis">{lastWords(conversation.lastMessage)}</bdi>
        <span class="muted">
          {statusWords[conversation.status]}
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

/** The visitor's own clock and where it stands: "Tue 14:03, Asia/Tokyo". */
function zoneWords(timeZone: string): string | null {
  const words = [localTimeWords(timeZone, nowMs.value, locale), timeZone.replaceAll('_', ' ')];
  return words.filter(Boolean).join(', ') || null;
}
