import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../shared/errors.ts';
import type { AgentRequests, ReplyOf } from '../shared/protocol.ts';
import { useConsole } from './console-context.ts';

export type Customer = ReplyOf<AgentRequests, 'visitor:open'>;

export type FetchedCustomer =
  | { phase: 'loading' }
  | { phase: 'refused'; refusal: Refusal }
  | { phase: 'ready'; customer: Customer };

/** A burst of messages asks for the customer once. */
const settleMs = 300;

/** A customer, fetched and kept true: again after each reconnect and whenever something of theirs changes. */
export function useCustomer(
  siteId: string,
  visitorId: string,
): { fetched: FetchedCustomer; reload: () => void } {
  const { connection } = useConsole();
  const [fetched, setFetched] = useState<FetchedCustomer>({ phase: 'loading' });
  const known = useRef<Customer | null>(null);
  const asked = useRef(0);

  const reload = useCallback(() => {
    const ask = ++asked.current;
    void connection.request('visitor:open', { siteId, visitorId }).then((reply) => {
      if (ask !== asked.current) return;
      if (reply.ok) {
        known.current = reply;
        setFetched({ phase: 'ready', customer: reply });
        // What was shown stays, when only a repeat has failed.
      } else if (known.current === null) setFetched({ phase: 'refused', refusal: reply });
    });
  }, [connection, siteId, visitorId]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(reload, settleMs);
    };
    const isTheirs = (id: string) =>
      id === visitorId || (known.current?.same.some((other) => other.id === id) ?? false);
    const stops = [
      connection.onConnect(reload),
      connection.onFact('visitor:changed', ({ visitor }) => {
        if (isTheirs(visitor.id) || visitor.mergedInto?.id === visitorId) soon();
      }),
      connection.onFact('conversation:added', ({ row }) => {
        if (isTheirs(row.visitor.id)) soon();
      }),
      connection.onFact('entry:added', ({ entry }) => {
        if (known.current?.conversations.some(({ id }) => id === entry.conversationId)) soon();
      }),
    ];
    known.current = null;
    setFetched((now) => (now.phase === 'loading' ? now : { phase: 'loading' }));
    reload();
    return () => {
      asked.current += 1;
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [connection, reload, visitorId]);

  return { fetched, reload };
}
