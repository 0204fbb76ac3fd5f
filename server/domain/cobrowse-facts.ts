import type { AgentCard } from '../../shared/model/agent.ts';
import type { CobrowseSession } from '../../shared/model/cobrowse.ts';
import {
  type CobrowseFact,
  type CobrowseSummary,
  maxCobrowseFacts,
  summaryOf,
} from '../../shared/model/cobrowse-summary.ts';
import type { TabState } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { createLanes } from './lanes.ts';

export interface CobrowseFactsParts {
  store: Pick<Store, 'addCobrowseFact' | 'cobrowseFacts'>;
  clock: Pick<Clock, 'nowMs'>;
  /** Nobody waits for a fact to be written. */
  onFailure(error: unknown): void;
}

export type CobrowseFacts = ReturnType<typeof createCobrowseFacts>;

/** Notes what happens in co-browse sessions, on disk and not in memory: a restart in between loses none of it. */
export function createCobrowseFacts({ store, clock, onFailure }: CobrowseFactsParts) {
  const lanes = createLanes();
  /** Facts that may still be noted, of the sessions that this process has seen. */
  const left = new Map<string, number>();

  const note = (sessionId: string, fact: CobrowseFact): void => {
    const room = left.get(sessionId) ?? maxCobrowseFacts;
    if (room <= 0) return;
    left.set(sessionId, room - 1);
    lanes.run(sessionId, () => store.addCobrowseFact({ sessionId, fact })).catch(onFailure);
  };

  return {
    note,

    /** What the relay of one session sees: which page is shown, and who looks. */
    tap(sessionId: string) {
      let page: { url: string; title: string } | null = null;
      let viewers = new Map<string, AgentCard>();
      return {
        tabs({ tabs, shown }: { tabs: TabState[]; shown: string | null }) {
          const now = tabs.find(({ tab }) => tab === shown)?.page;
          if (!now || (now.url === page?.url && now.title === page.title)) return;
          page = now;
          note(sessionId, { type: 'page', ...now, atMs: clock.nowMs() });
        },
        viewers(cards: AgentCard[]) {
          const next = new Map(cards.map((card) => [card.id, card]));
          const atMs = clock.nowMs();
          for (const [id, { name, color }] of next) {
            if (!viewers.has(id)) note(sessionId, { type: 'joined', agent: { id, name, color }, atMs });
          }
          for (const id of viewers.keys()) {
            if (!next.has(id)) note(sessionId, { type: 'left', agentId: id, atMs });
          }
          viewers = next;
        },
      };
    },

    /** Null for a session that never was live. */
    async summary({ id, state }: CobrowseSession, isRecorded: boolean): Promise<CobrowseSummary | null> {
      if (state.phase !== 'ended' || state.startedAtMs === null) return null;
      const { startedAtMs, endedAtMs } = state;
      const facts = await lanes.run(id, () => store.cobrowseFacts({ sessionId: id }));
      left.delete(id);
      return summaryOf(facts, { startedAtMs, endedAtMs, isRecorded });
    },
  };
}
