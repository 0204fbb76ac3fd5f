import { markBurst, marksPerSecond, maxMarksPerSession } from '../../shared/limits.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { Mark, MarkDraft } from '../../shared/model/annotation.ts';
import { TokenBucket } from '../../shared/model/token-bucket.ts';

/** Whose marks: an agent's by id, or the visitor's. */
export const visitorsMarks = 'visitor';

const ownerOf = (mark: Mark) => mark.by?.id ?? visitorsMarks;

/** What is drawn over the pages of one session, kept for who comes later. Bounded; the oldest go. */
export class MarkBoard {
  readonly #marks = new Map<string, Mark>();
  readonly #rates = new Map<string, TokenBucket>();

  get marks(): Mark[] {
    return [...this.#marks.values()];
  }

  /** What is to be told: nothing when it comes too fast or would take another's place. */
  add(draft: MarkDraft, by: AgentCard | null, nowMs: number): { added: Mark | null; removed: string[] } {
    const mark: Mark = { ...draft, by };
    const owner = ownerOf(mark);
    const known = this.#marks.get(mark.id);
    const rate =
      this.#rates.get(owner) ?? new TokenBucket({ ratePerSecond: marksPerSecond, burst: markBurst }, nowMs);
    this.#rates.set(owner, rate);
    if ((known && ownerOf(known) !== owner) || rate.take(nowMs) > 0) return { added: null, removed: [] };
    this.#marks.delete(mark.id);
    this.#marks.set(mark.id, mark);
    const removed = [...this.#marks.keys()].slice(0, Math.max(0, this.#marks.size - maxMarksPerSession));
    for (const id of removed) this.#marks.delete(id);
    return { added: mark, removed };
  }

  /** Ids that were removed. The visitor may remove every mark, an agent only own ones. */
  remove(ids: readonly string[], owner: string): string[] {
    return ids.filter((id) => {
      const mark = this.#marks.get(id);
      if (!mark || (owner !== visitorsMarks && ownerOf(mark) !== owner)) return false;
      return this.#marks.delete(id);
    });
  }

  /** The tab says where a mark of its page stands from now on. Null when it is not the tab's. */
  anchor(tab: string, at: { id: string; epoch: number; node: number }): Mark | null {
    const mark = this.#marks.get(at.id);
    if (!mark || mark.tab !== tab) return null;
    const moved = { ...mark, epoch: at.epoch, node: at.node };
    this.#marks.set(at.id, moved);
    return moved;
  }
}
