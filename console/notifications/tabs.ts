/** What this needs of the browser's Web Locks: `navigator.locks`, which insecure pages lack. */
type Locks = Pick<LockManager, 'request' | 'query'>;

/** The agent's tabs of this browser, so that one speaks for all. */
export interface Tabs {
  /** This tab is the one that speaks: the one that had the focus last. */
  leads(): boolean;
  /** The agent came to this tab: it speaks from now on. */
  takeLead(): void;
  /** What the agent looks at in this tab, with the eyes on it; null for nothing. */
  attendTo(conversationId: string | null): void;
  /** Whether the agent looks at it in any tab. */
  isAttended(conversationId: string): Promise<boolean>;
  close(): void;
}

/**
 * Locks tell tabs apart better than messages do: a tab that is closed, or dies, lets go of its locks. Without them every
 * tab speaks for itself.
 */
export function createTabs({ locks, agentId }: { locks: Locks | null; agentId: string }): Tabs {
  const leadName = `rapport:lead:${agentId}`;
  const viewName = (conversationId: string) => `rapport:view:${agentId}:${conversationId}`;
  /** The request that has the lead in this tab; several may be under way. */
  let lead: symbol | null = null;
  let isQueued = false;
  let attended: string | null = null;
  let letGo: () => void = () => {};
  let stepDown: () => void = () => {};
  let closed = false;

  /** Asks for the lead in turn, or takes it from the tab that has it. */
  function request(steal: boolean) {
    if (locks === null || closed || (!steal && isQueued)) return;
    const own = Symbol();
    if (!steal) isQueued = true;
    locks
      .request(leadName, steal ? { steal: true } : {}, () => {
        if (!steal) isQueued = false;
        if (closed) return;
        lead = own;
        return new Promise<void>((resolve) => {
          stepDown = resolve;
        });
      })
      .catch(() => {
        // Taken by a newer request: by another tab, which this one waits for, or by its own.
        if (lead !== own) return;
        lead = null;
        request(false);
      });
  }
  request(false);

  return {
    leads: () => locks === null || lead !== null,
    takeLead() {
      if (lead === null) request(true);
    },
    attendTo(conversationId) {
      if (conversationId === attended) return;
      attended = conversationId;
      letGo();
      letGo = () => {};
      if (conversationId === null) return;
      void locks?.request(viewName(conversationId), { mode: 'shared' }, () => {
        if (closed || attended !== conversationId) return;
        return new Promise<void>((resolve) => {
          letGo = resolve;
        });
      });
    },
    async isAttended(conversationId) {
      if (attended === conversationId) return true;
      const held = (await locks?.query())?.held ?? [];
      return held.some(({ name }) => name === viewName(conversationId));
    },
    close() {
      closed = true;
      letGo();
      stepDown();
    },
  };
}
