import { useLayoutEffect, useState } from 'preact/hooks';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { colleagueReply } from './company.tsx';

export interface Overtaking {
  /** The colleague who answered while this agent was writing. */
  by: string | null;
  onSeen(): void;
}

/** What a colleague has answered since the reply in the field was begun. */
export function useOvertaking(item: Conversation, lastSeq: number, isBegun: boolean): Overtaking {
  const { store } = useConsole();
  const [begunAtSeq, setBegunAtSeq] = useState<number | null>(null);
  useLayoutEffect(() => setBegunAtSeq((now) => (isBegun ? (now ?? lastSeq) : null)), [isBegun, lastSeq]);
  const reply =
    begunAtSeq === null ? null : colleagueReply(item.entries.value ?? [], begunAtSeq, store.agent.value?.id);
  return { by: reply?.name ?? null, onSeen: () => setBegunAtSeq(reply?.seq ?? lastSeq) };
}
