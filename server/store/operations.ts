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
  setAvailability,
  setCapacity,
  setPassword,
  setRole,
  sitesOfAgent,
  team,
  unusedAvatars,
  updateAgent,
} from './operations/agents.ts';
import {
  addCobrowseFact,
  cobrowse,
  cobrowseFacts,
  createCobrowse,
  openCobrowse,
  openCobrowses,
  setCobrowseState,
} from './operations/cobrowse.ts';
import { saveCobrowseCode, takeCobrowseCode } from './operations/cobrowse-codes.ts';
import {
  conversation,
  conversationsOfVisitors,
  heads,
  startConversation,
} from './operations/conversations.ts';
import { identifyVisitor, mergeVisitor, samePerson, visitorsByExternalId } from './operations/customers.ts';
import { append, entries } from './operations/entries.ts';
import { addEvents, events } from './operations/events.ts';
import { addFile, dropFiles, file } from './operations/files.ts';
import { addIdentityKey, identityKeys, removeIdentityKey } from './operations/identity-keys.ts';
import { inbox, inboxCounts, inboxRow } from './operations/inbox.ts';
import { epoch, secret } from './operations/meta.ts';
import {
  advanceRecording,
  createRecording,
  deleteRecording,
  dropRecording,
  keepRecordings,
  recording,
  recordingsDue,
} from './operations/recordings.ts';
import { agentLoads, firstReplies, queue, snoozesDue } from './operations/routing.ts';
import { satisfactionFacts, satisfactionResults } from './operations/satisfaction.ts';
import { search } from './operations/search.ts';
import { shareLog } from './operations/share-log.ts';
import { createSite, listSites, siteByKey, updateSite } from './operations/sites.ts';
import { changeVisitor, updateVisit, visitorById, visitorByTokenHash } from './operations/visitors.ts';
import { removeItem, saveItem, workspace } from './operations/workspace.ts';
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
  agentLoads,
  unusedAvatars,
  workspace,
  identityKeys,
  visitorByTokenHash,
  visitorById,
  visitorsByExternalId,
  samePerson,
  events,
  conversation,
  conversationsOfVisitors,
  inbox,
  inboxCounts,
  inboxRow,
  queue,
  snoozesDue,
  firstReplies,
  search,
  file,
  entries,
  heads,
  satisfactionFacts,
  satisfactionResults,
  cobrowse,
  openCobrowse,
  openCobrowses,
  cobrowseFacts,
  recording,
  recordingsDue,
  shareLog,
} satisfies { [M in StoreMethod]?: Operation<M> };

export const operations: { [M in StoreMethod]: Operation<M> } = {
  ...reading,
  epoch,
  secret,
  createSite,
  updateSite,
  createAgent,
  setPassword,
  updateAgent,
  setAvailability,
  setCapacity,
  setRole,
  saveItem,
  removeItem,
  addIdentityKey,
  removeIdentityKey,
  createAgentSession,
  rotateAgentSession,
  endAgentSession,
  endAgentSessions,
  updateVisit,
  changeVisitor,
  identifyVisitor,
  mergeVisitor,
  addEvents,
  startConversation,
  append,
  addFile,
  dropFiles,
  createCobrowse,
  saveCobrowseCode,
  takeCobrowseCode,
  setCobrowseState,
  addCobrowseFact,
  createRecording,
  advanceRecording,
  keepRecordings,
  deleteRecording,
  dropRecording,
};

/** Whether a method only reads: then it needs no place in a write transaction. */
export function isReading(method: StoreMethod): boolean {
  return Object.hasOwn(reading, method);
}
