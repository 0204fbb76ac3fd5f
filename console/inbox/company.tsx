import { Eye, MessageCircleWarning, PencilLine } from 'lucide';
import type { Entry } from '../../shared/model/conversation.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { listWords } from './event-words.ts';
import './company.css';

/** The last reply of a colleague after `sinceSeq`. */
export function colleagueReply(
  entries: readonly Entry[],
  sinceSeq: number,
  meId: string | undefined,
): { name: string; seq: number } | null {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (!entry || entry.seq <= sinceSeq) return null;
    if (entry.kind === 'message' && entry.sender.role === 'agent' && entry.sender.id !== meId) {
      return { name: entry.sender.name, seq: entry.seq };
    }
  }
  return null;
}

export interface CompanyProps {
  item: Conversation;
  /** A colleague answered while this agent was writing. */
  overtakenBy: string | null;
  onSeen(): void;
}

/** Who else is at this conversation, said where one is about to write. */
export function Company({ item, overtakenBy, onSeen }: CompanyProps) {
  const { store } = useConsole();
  const meId = store.agent.value?.id;
  const typists = item.typists.value.filter(({ role, key }) => role === 'agent' && key !== meId);
  const viewers = item.viewers.value.filter(
    ({ id }) => id !== meId && !typists.some(({ key }) => key === id),
  );
  const typing = listWords(typists.map(({ name }) => name ?? 'A colleague'));
  const viewing = listWords(viewers.map(({ name }) => name));
  return (
    <div class="company" role="status">
      {overtakenBy === null ? null : (
        <p class="company-overtaken">
          <Icon node={MessageCircleWarning} sizePx={14} />
          <span>
            <bdi>{overtakenBy}</bdi> replied while you were writing. Your text is still here.
          </span>
          <Button look="quiet" onClick={onSeen}>
            Seen
          </Button>
        </p>
      )}
      {typing === '' ? null : (
        <p class="company-typing">
          <Icon node={PencilLine} sizePx={14} />
          <span>
            <bdi>{typing}</bdi> {typists.length === 1 ? 'is' : 'are'} typing a reply
          </span>
        </p>
      )}
      {viewing === '' ? null : (
        <p>
          <Icon node={Eye} sizePx={14} />
          <span>
            <bdi>{viewing}</bdi> {viewers.length === 1 ? 'is' : 'are'} viewing
          </span>
        </p>
      )}
    </div>
  );
}
