import type { ArgsOf, ResultOf, StoreMethod } from './calls.ts';
import {
  agentOfSession,
  createAgentSession,
  endAgentSession,
  endAgentSessions,
  rotateAgentSession,
} from './operations/agent-sessions.ts';
import {
  agentByEmail,
  agentById,
  createAgent,
  setPassword,
  setRole,
  sitesOfAgent,
  team,
} from './operations/agents.ts';
import {
  cobrowse,
  createCobrowse,
  openCobrowse,
  openCobrowses,
  setCobrowseState,
} from './operations/cobrowse.ts';
import {
  conversation,
  conversationsOfVisitor,
  heads,
  inbox,
  inboxRow,
  startConversation,
} from './operations/conversations.ts';
import { append, entries } from './operations/entries.ts';
import { epoch, secret } from './operations/meta.ts';
import { satisfactionFacts, satisfactionResults } from './operations/satisfaction.ts';
import { createSite, listSites, siteByKey, updateSite } from './operations/sites.ts';
import { updateVisit, visitorById, visitorByTokenHash } from './operations/visitors.ts';
import type { Db } from './schema.ts';

/** One method of the store. The caller has opened the transaction it runs in. */
type Operation<M extends StoreMethod> = (db: Db, args: ArgsOf<M>) => Promise<ResultOf<M>>;

const reading = {
  listSites,
  siteByKey,
  agentByEmail,
  agentById,
  agentOfSession,
  sitesOfAgent,
  team,
  visitorByTokenHash,
  visitorById,
  conversation,
  conversationsOfVisitor,
  inbox,
  inboxRow,
  entries,
  heads,
  satisfactionFacts,
  satisfactionResults,
  cobrowse,
  openCobrowse,
  openCobrowses,
} satisfies { [M in StoreMethod]?: Operation<M> };

export const operations: { [M in StoreMethod]: Operation<M> } = {
  ...reading,
  epoch,
  secret,
  createSite,
  updateSite,
  createAgent,
  setPassword,
  setRole,
  createAgentSession,
  rotateAgentSession,
  endAgentSession,
  endAgentSessions,
  updateVisit,
  startConversation,
  append,
  createCobrowse,
  setCobrowseState,
};

/** Whether a method only reads: then it needs no place in a write transaction. */
export function isReading(method: StoreMethod): boolean {
  return Object.hasOwn(reading, method);
}
