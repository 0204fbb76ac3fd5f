/** What is worth remembering of a co-browse session, noted while it lasts. Times in ms since 1970, server's clock. */
export type CobrowseFact =
  /** The visitor's page that agents see has become this one. */
  | { type: 'page'; url: string; title: string; atMs: number }
  | { type: 'joined'; agent: WatchingAgent; atMs: number }
  | { type: 'left'; agentId: string; atMs: number }
  /** An agent did something on the page. `words` finish a sentence that begins with the name: "clicked “Add to cart”". */
  | { type: 'action'; agent: WatchingAgent; words: string; atMs: number };

export interface WatchingAgent {
  id: string;
  name: string;
  color: string;
}

export interface VisitedPage {
  /** As agents saw it: it has passed the privacy filter. */
  url: string;
  title: string;
  atMs: number;
  stayMs: number;
}

/** A co-browse session that is over, in one entry of the conversation's log. */
export interface CobrowseSummary {
  startedAtMs: number;
  durationMs: number;
  pages: VisitedPage[];
  /** Pages and actions beyond those that are listed. */
  morePages: number;
  watchers: Array<WatchingAgent & { watchedMs: number }>;
  actions: Array<{ agentId: string; agentName: string; words: string; atMs: number }>;
  moreActions: number;
  /** A recording was made. It may have been deleted since. */
  isRecorded: boolean;
}

/** Facts kept of one session; a page that rewrites its address all the time fills no disk. */
export const maxCobrowseFacts = 600;
/** An entry goes to every reader of the log: the longest has about 40 KB. */
const maxListed = 50;
const maxShownUrlChars = 500;

/** What there is to say of a session that lasted from `startedAtMs` to `endedAtMs`. `facts` in the order of time. */
export function summaryOf(
  facts: readonly CobrowseFact[],
  session: { startedAtMs: number; endedAtMs: number; isRecorded: boolean },
): CobrowseSummary {
  const { startedAtMs, endedAtMs } = session;
  const within = (atMs: number) => Math.min(Math.max(atMs, startedAtMs), endedAtMs);
  const pages: VisitedPage[] = [];
  const watched = new Map<string, { agent: WatchingAgent; sinceMs: number | null; watchedMs: number }>();
  const actions: CobrowseSummary['actions'] = [];

  const leave = (agentId: string, atMs: number) => {
    const watcher = watched.get(agentId);
    if (!watcher || watcher.sinceMs === null) return;
    watcher.watchedMs += Math.max(0, within(atMs) - watcher.sinceMs);
    watcher.sinceMs = null;
  };

  for (const fact of facts) {
    switch (fact.type) {
      case 'page': {
        const last = pages.at(-1);
        if (last?.url === fact.url) last.title = fact.title || last.title;
        else pages.push({ url: fact.url, title: fact.title, atMs: within(fact.atMs), stayMs: 0 });
        break;
      }
      case 'joined': {
        const { id, name, color } = fact.agent;
        const known = watched.get(id);
        const sinceMs = known?.sinceMs ?? within(fact.atMs);
        watched.set(id, { agent: { id, name, color }, sinceMs, watchedMs: known?.watchedMs ?? 0 });
        break;
      }
      case 'left':
        leave(fact.agentId, fact.atMs);
        break;
      case 'action':
        actions.push({
          agentId: fact.agent.id,
          agentName: fact.agent.name,
          words: fact.words,
          atMs: within(fact.atMs),
        });
    }
  }
  for (const id of watched.keys()) leave(id, endedAtMs);
  for (const [index, page] of pages.entries()) {
    page.stayMs = (pages[index + 1]?.atMs ?? endedAtMs) - page.atMs;
  }
  return {
    startedAtMs,
    durationMs: endedAtMs - startedAtMs,
    pages: pages.slice(0, maxListed).map((page) => ({ ...page, url: page.url.slice(0, maxShownUrlChars) })),
    morePages: Math.max(0, pages.length - maxListed),
    watchers: [...watched.values()].map(({ agent, watchedMs }) => ({ ...agent, watchedMs })),
    actions: actions.slice(0, maxListed),
    moreActions: Math.max(0, actions.length - maxListed),
    isRecorded: session.isRecorded,
  };
}
