import { ArrowLeft, CloudOff, MessageSquarePlus, UserX } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { type Visitor, visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { refusalWords } from '../refusal-words.ts';
import { safeAddress } from '../safe-address.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { TimeText } from '../ui/time-text.tsx';
import { type Customer, useCustomer } from '../use-customer.ts';
import { languageWords, localTimeWords } from '../visitor-words.ts';
import { CustomerConversations } from './customer-conversations.tsx';
import { CustomerEvents } from './customer-events.tsx';
import { StartDialog } from './start-dialog.tsx';
import { VerifiedMark } from './verified-mark.tsx';
import { pathOf } from './visit-words.ts';
import './customer-page.css';

/** A customer whole: who it is, what is known, what happened, what was written. */
export function CustomerPage() {
  const { store } = useConsole();
  const { params } = useRoute();
  const siteId = store.current.value?.site.id;
  return siteId && params.visitorId ? (
    <SiteCustomer key={`${siteId} ${params.visitorId}`} siteId={siteId} visitorId={params.visitorId} />
  ) : null;
}

function SiteCustomer({ siteId, visitorId }: { siteId: string; visitorId: string }) {
  const { fetched, reload } = useCustomer(siteId, visitorId);
  const [starting, setStarting] = useState(false);
  const customer = fetched.phase === 'ready' ? fetched.customer : null;
  const name = customer ? visitorName(customer.visitor) : 'Customer';
  usePageTitle(name);
  return (
    <main class="page">
      <header class="page-bar customer-bar">
        <a class="button button-quiet button-icon" href="/console/visitors" aria-label="Back to visitors">
          <Icon node={ArrowLeft} directional />
        </a>
        <h1 class="ellipsis">
          <bdi>{name}</bdi>
        </h1>
        {customer?.visitor.verified ? <VerifiedMark /> : null}
        <span class="customer-space" />
        {customer ? (
          <Button icon={MessageSquarePlus} onClick={() => setStarting(true)}>
            Start a conversation
          </Button>
        ) : null}
      </header>
      <div class="page-body scrolls">
        {customer ? (
          <Whole customer={customer} />
        ) : fetched.phase === 'refused' && fetched.refusal.error === 'not_found' ? (
          <Notice icon={UserX} title="There is no such customer">
            The address may be mistyped, or the customer belongs to another site.
          </Notice>
        ) : fetched.phase === 'refused' && fetched.refusal.error === 'malformed' ? (
          <Notice icon={UserX} title="There is no such customer">
            The address is mistyped.
          </Notice>
        ) : fetched.phase === 'refused' ? (
          <Notice
            icon={CloudOff}
            tone="danger"
            title="The customer did not load"
            action={<Button onClick={reload}>Try again</Button>}
          >
            {refusalWords(fetched.refusal)}
          </Notice>
        ) : (
          <div class="customer" role="status" aria-busy="true" aria-label="Loading the customer">
            <Skeleton width="60%" height="40px" />
            <Skeleton width="80%" height="40px" />
          </div>
        )}
      </div>
      {starting && customer ? (
        <StartDialog
          siteId={siteId}
          to={{ visitorId }}
          shownName={name}
          name={customer.visitor.name}
          onClose={() => setStarting(false)}
        />
      ) : null}
    </main>
  );
}

function Whole({ customer }: { customer: Customer }) {
  const { visitor, same, conversations, events } = customer;
  return (
    <div class="customer">
      <div class="customer-side">
        <Profile visitor={visitor} />
        <Attributes visitor={visitor} />
        <SamePerson visitor={visitor} same={same} />
      </div>
      <div class="customer-main">
        <CustomerConversations conversations={conversations} />
        <CustomerEvents events={events} />
      </div>
    </div>
  );
}

function Profile({ visitor }: { visitor: Visitor }) {
  const name = visitorName(visitor);
  const page = safeAddress(visitor.page.url);
  const time = localTimeWords(visitor.timeZone, nowMs.value, locale);
  return (
    <section class="card customer-card" aria-label="Profile">
      <div class="customer-head">
        <Avatar name={name} sizePx={48} />
        <div class="customer-who">
          <h2 class="ellipsis">
            <bdi>{name}</bdi>
          </h2>
          <p class={visitor.online ? 'customer-online' : 'muted'}>
            {visitor.online ? (
              'On the site now'
            ) : (
              <>
                Last seen <TimeText atMs={visitor.lastSeenMs} as="ago" />
              </>
            )}
          </p>
        </div>
      </div>
      <dl class="customer-facts">
        <Fact name="E-mail">
          {visitor.email ? <a href={`mailto:${encodeURI(visitor.email)}`}>{visitor.email}</a> : null}
        </Fact>
        <Fact name="Identity">
          {visitor.externalId === null ? (
            'Not signed'
          ) : (
            <>
              Signed as <code>{visitor.externalId}</code>
            </>
          )}
        </Fact>
        <Fact name={visitor.online ? 'Page' : 'Last page'}>
          {page ? (
            <a href={page} target="_blank" rel="noopener noreferrer">
              {visitor.page.title || pathOf(visitor.page.url)}
            </a>
          ) : null}
        </Fact>
        <Fact name="Came from">
          {safeAddress(visitor.referrer) ? (
            <a href={visitor.referrer} target="_blank" rel="noopener noreferrer">
              {visitor.referrer.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
            </a>
          ) : null}
        </Fact>
        <Fact name="Browser">{visitor.browser || null}</Fact>
        <Fact name="Language">{visitor.language ? languageWords(visitor.language, locale) : null}</Fact>
        <Fact name="Local time">
          {time ? `${time}, ${visitor.timeZone.replaceAll('_', ' ')}` : visitor.timeZone || null}
        </Fact>
        <Fact name="First seen">
          <TimeText atMs={visitor.firstSeenMs} as="ago" />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="customer-fact">
      <dt>{name}</dt>
      <dd dir="auto">{children ?? <span class="muted">Not known</span>}</dd>
    </div>
  );
}

function Attributes({ visitor }: { visitor: Visitor }) {
  const all = Object.entries(visitor.attributes);
  return (
    <section class="card customer-card" aria-label="Attributes">
      <h2>Attributes</h2>
      {all.length === 0 ? (
        <p class="muted">
          None yet. Your pages tell them with <code>rapport('set', …)</code>.
        </p>
      ) : (
        <dl class="customer-facts">
          {all.map(([name, value]) => (
            <Fact key={name} name={name}>
              {typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)}
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}

function SamePerson({ visitor, same }: { visitor: Visitor; same: readonly Visitor[] }) {
  if (same.length === 0) return null;
  return (
    <section class="card customer-card" aria-label="The same person">
      <h2>The same person</h2>
      <ul class="customer-same">
        {same.map((other) => (
          <li key={other.id}>
            <a href={`/console/visitors/${other.id}`}>
              <bdi>{visitorName(other)}</bdi>
            </a>
            <span class="muted">
              {other.browser || 'Another browser'} ·{' '}
              {visitor.externalId !== null && other.externalId === visitor.externalId
                ? 'signed in there too'
                : 'merged by an agent'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
