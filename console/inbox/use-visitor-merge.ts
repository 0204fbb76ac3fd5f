import { type Visitor, visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';

/** Says that two records are one person, or that they are not; both can be taken back. */
export function useVisitorMerge(onChanged: () => void): {
  merge(visitor: Visitor, into: Visitor): void;
  unmerge(visitor: Visitor): void;
} {
  const { connection, toasts } = useConsole();

  async function link(visitor: Visitor, intoId: string | null, words: string, undo: (() => void) | null) {
    const who = { siteId: visitor.siteId, visitorId: visitor.id };
    const reply =
      intoId === null
        ? await connection.request('visitor:unmerge', who)
        : await connection.request('visitor:merge', { ...who, intoId });
    if (!reply.ok) {
      toasts.tell(`Nothing was changed. ${refusalWords(reply)}`, { tone: 'danger' });
      return;
    }
    toasts.tell(words, undo ? { undo } : {});
    onChanged();
  }
  return {
    merge(visitor, into) {
      void link(
        visitor,
        into.id,
        `Merged with ${visitorName(into)}.`,
        () => void link(visitor, null, 'Taken apart again.', null),
      );
    },
    unmerge(visitor) {
      const before = visitor.mergedInto?.id ?? null;
      void link(visitor, null, 'Taken apart.', () => {
        if (before !== null) void link(visitor, before, 'Merged again.', null);
      });
    },
  };
}
