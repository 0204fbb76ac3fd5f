import { ScreenShare } from 'lucide';
import { isSharing } from '../../shared/model/cobrowse.ts';
import { lastActivityMs } from '../../shared/model/conversation.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { Icon } from '../ui/icon.tsx';
import { nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { spanWords } from '../ui/time-words.ts';
import { pageName } from './page-name.ts';
import './inbox-row.css';

/** A visitor who waits longer than this stands out. */
const longWaitMs = 5 * 60_000;

export interface InboxRowProps {
  id: string;
  domId: string;
  href: string;
  selected: boolean;
  /** Of all rows one is reached by Tab; arrows lead to the others. */
  reachable: boolean;
  onFocus: () => void;
}

export function InboxRow({ id, domId, href, selected, reachable, onFocus }: InboxRowProps) {
  const { store } = useConsole();
  const item = store.conversations.get(id);
  const row = item.row.value;
  if (!row) return null;
  const { conversation, visitor } = row;
  const unread = conversation.unreadByAgents.length;
  const waitedMs = conversation.waitingSinceMs === null ? null : nowMs.value - conversation.waitingSinceMs;
  const last = conversation.lastMessage;
  const typing = item.typists.value.some((typist) => typist.role === 'visitor');
  const cobrowse = item.cobrowse.value?.state;
  const sharing = cobrowse !== undefined && isSharing(cobrowse);
  const offering = cobrowse?.phase === 'offered';

  return (
    <a
      id={domId}
      class={unread > 0 || offering ? 'inbox-row inbox-row-unread' : 'inbox-row'}
      href={href}
      aria-current={selected ? 'true' : undefined}
      tabIndex={reachable ? 0 : -1}
      onFocus={onFocus}
    >
      <span
        class={visitor.online ? 'inbox-dot inbox-dot-online' : 'inbox-dot'}
        title={visitor.online ? 'Online' : 'Offline'}
      >
        <span class="unseen">{visitor.online ? 'Online.' : 'Offline.'}</span>
      </span>
      <span class="inbox-line">
        <bdi class="inbox-name ellipsis">{visitorName(visitor)}</bdi>
        {sharing ? (
          <span class="inbox-sharing" title="Shares the page">
            <Icon node={ScreenShare} sizePx={14} />
            <span class="unseen">Shares the page.</span>
          </span>
        ) : null}
        <span class="inbox-time">
          <TimeText atMs={lastActivityMs(conversation)} />
        </span>
      </span>
      <span class="inbox-line">
        {typing ? (
          <span class="inbox-last inbox-typing ellipsis">typing…</span>
        ) : offering ? (
          <span class="inbox-last inbox-typing ellipsis">Offers to show the page</span>
        ) : (
          <span class="inbox-last">
            {last?.role === 'agent' ? 'Us: ' : null}
            <bdi class="ellipsis">{last ? last.preview : 'No message yet'}</bdi>
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
          <bdi class="ellipsis">{pageName(visitor.page)}</bdi>
        </span>
        {waitedMs !== null ? (
          <span class={waitedMs > longWaitMs ? 'inbox-waits inbox-waits-long' : 'inbox-waits'}>
            Waiting {waitedMs < 60_000 ? '<1 min' : spanWords(waitedMs)}
          </span>
        ) : null}
        {conversation.assignee ? (
          <bdi class="inbox-assignee ellipsis">
            <span class="unseen">Assigned to </span>
            {conversation.assignee.id === store.agent.value?.id ? 'You' : conversation.assignee.name}
          </bdi>
        ) : null}
      </span>
    </a>
  );
}
