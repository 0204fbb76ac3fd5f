import { AlarmClock, BadgeCheck, ChevronsUp, Flame, PenLine, ScreenShare } from 'lucide';
import { isSharing } from '../../shared/model/cobrowse.ts';
import { type ConversationState, lastActivityMs } from '../../shared/model/conversation.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { lastWords } from '../last-words.ts';
import { Icon } from '../ui/icon.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { daysBetween, fullTime, shortTime, spanWords } from '../ui/time-words.ts';
import { pageName } from './page-name.ts';
import './inbox-row.css';

/** A visitor who waits longer than this stands out. */
const longWaitMs = 5 * 60_000;
/** Labels shown in a row; of more their number is. */
const maxLabels = 2;

export interface InboxRowProps {
  id: string;
  domId: string;
  href: string;
  selected: boolean;
  /** Of all rows one is reached by Tab; arrows lead to the others. */
  reachable: boolean;
  /** The list is of several sites. */
  showsSite: boolean;
  onFocus: (id: string) => void;
}

export function InboxRow({ id, domId, href, selected, reachable, showsSite, onFocus }: InboxRowProps) {
  const { store } = useConsole();
  const item = store.conversations.get(id);
  const row = item.shown.value;
  if (!row) return null;
  const { conversation, visitor } = row;
  const unread = conversation.unreadByAgents.length;
  const last = conversation.lastMessage;
  const typist = item.typists.value.find(({ key }) => key !== store.agent.value?.id);
  const cobrowse = item.cobrowse.value?.state;
  const sharing = cobrowse !== undefined && isSharing(cobrowse);
  const offering = cobrowse?.phase === 'offered';
  const hasDraft = selected ? false : store.draft(id) !== '';

  return (
    <a
      id={domId}
      class={unread > 0 || offering ? 'inbox-row inbox-row-unread' : 'inbox-row'}
      href={href}
      aria-current={selected ? 'true' : undefined}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(id)}
      // Before the page is built: a finger is down some 80 ms before its click, and the Enter key is a click too.
      onPointerDown={() => void store.conversations.open(id)}
      onClick={() => void store.conversations.open(id)}
    >
      <span
        class={visitor.online ? 'inbox-dot inbox-dot-online' : 'inbox-dot'}
        title={visitor.online ? 'Online' : 'Offline'}
      >
        <span class="unseen">{visitor.online ? 'Online.' : 'Offline.'}</span>
      </span>
      <span class="inbox-line">
        <bdi class="inbox-name ellipsis">{visitorName(visitor)}</bdi>
        {visitor.verified ? (
          <span class="inbox-verified" title="Verified: the site has signed who this is">
            <Icon node={BadgeCheck} sizePx={14} />
            <span class="unseen">Verified.</span>
          </span>
        ) : null}
        {sharing ? (
          <span class="inbox-sharing" title="Shares the page">
            <Icon node={ScreenShare} sizePx={14} />
            <span class="unseen">Shares the page.</span>
          </span>
        ) : null}
        <PriorityMark priority={conversation.priority} />
        <span class="inbox-time">
          <TimeText atMs={lastActivityMs(conversation)} />
        </span>
      </span>
      <span class="inbox-line">
        {typist ? (
          <span class="inbox-last inbox-typing ellipsis">
            {typist.role === 'visitor' ? 'typing…' : `${typist.name ?? 'A colleague'} is typing…`}
          </span>
        ) : offering ? (
          <span class="inbox-last inbox-typing ellipsis">Offers to show the page</span>
        ) : (
          <span class="inbox-last">
            {hasDraft ? (
              <span class="inbox-draft">
                <Icon node={PenLine} sizePx={12} /> Draft
              </span>
            ) : null}
            {last?.role === 'agent' ? 'Us: ' : null}
            <bdi class="ellipsis">{lastWords(last)}</bdi>
          </span>
        )}
        {unread > 0 ? (
          <span class="inbox-unread figures">
            {unread > 99 ? '99+' : unread}
            <span class="unseen"> unread.</span>
          </span>
        ) : null}
      </span>
      <span class="inbox-line inbox-about">
        <span class="inbox-page-name">
          {showsSite ? <SiteName siteId={conversation.siteId} /> : null}
          {conversation.labels.length > 0 ? (
            <Labels conversation={conversation} />
          ) : (
            <bdi class="ellipsis">{pageName(visitor.page)}</bdi>
          )}
        </span>
        <Waits conversation={conversation} />
        <Assignee conversation={conversation} />
      </span>
    </a>
  );
}

function PriorityMark({ priority }: Pick<ConversationState, 'priority'>) {
  if (priority !== 'high' && priority !== 'urgent') return null;
  const word = priority === 'urgent' ? 'Urgent' : 'High';
  return (
    <span class={`inbox-priority inbox-${priority}`}>
      <Icon node={priority === 'urgent' ? Flame : ChevronsUp} sizePx={12} />
      {word}
    </span>
  );
}

function SiteName({ siteId }: { siteId: string }) {
  const { store } = useConsole();
  const name = store.sites.value.find(({ site }) => site.id === siteId)?.site.settings.name;
  return name === undefined ? null : <bdi class="inbox-tag ellipsis">{name}</bdi>;
}

function Labels({ conversation }: { conversation: ConversationState }) {
  const { store } = useConsole();
  const known = store.workspaceOf(conversation.siteId).value?.labels ?? [];
  const labels = known.filter(({ id }) => conversation.labels.includes(id));
  const more = labels.length - maxLabels;
  return (
    <>
      <span class="unseen">Labels: </span>
      {labels.slice(0, maxLabels).map((label) => (
        <span key={label.id} class="inbox-label ellipsis">
          <span class="label-dot" style={{ backgroundColor: label.color }} />
          <bdi>{label.name}</bdi>
        </span>
      ))}
      {more > 0 ? <span>+{more}</span> : null}
    </>
  );
}

function Waits({ conversation }: { conversation: ConversationState }) {
  if (conversation.status === 'snoozed' && conversation.snoozedUntilMs !== null) {
    const until = conversation.snoozedUntilMs;
    const days = daysBetween(nowMs.value, until);
    return (
      <span class="inbox-waits inbox-snoozed" title={`Opens again on ${fullTime(until, locale)}`}>
        <Icon node={AlarmClock} sizePx={12} />{' '}
        {days === 1 ? 'Tomorrow' : shortTime(until, nowMs.value, locale)}
      </span>
    );
  }
  if (conversation.waitingSinceMs === null) return null;
  const waitedMs = nowMs.value - conversation.waitingSinceMs;
  return (
    <span class={waitedMs > longWaitMs ? 'inbox-waits inbox-waits-long' : 'inbox-waits'}>
      Waiting {waitedMs < 60_000 ? '<1 min' : spanWords(waitedMs)}
    </span>
  );
}

function Assignee({ conversation: { assignee, team } }: { conversation: ConversationState }) {
  const { store } = useConsole();
  if (!assignee && !team) return null;
  const isOwn = assignee?.id === store.agent.value?.id;
  return (
    <bdi class="inbox-assignee ellipsis">
      <span class="unseen">Assigned to </span>
      {assignee ? (isOwn ? 'You' : assignee.name) : team?.name}
    </bdi>
  );
}
