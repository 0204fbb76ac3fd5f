import type { Store } from './store.ts';

/** The methods of the store that are operations on the database. */
export type StoreMethod = Exclude<keyof Store, 'ping' | 'close'>;

export type ArgsOf<M extends StoreMethod> = M extends StoreMethod
  ? Parameters<Store[M]> extends [infer Args]
    ? Args
    : null
  : never;
export type ResultOf<M extends StoreMethod> = Awaited<ReturnType<Store[M]>>;

/** Runs one operation, somewhere, as one transaction. */
export type Call = <M extends StoreMethod>(method: M, args: ArgsOf<M>) => Promise<ResultOf<M>>;

/** The store that sends every method through one function. */
export function storeOfCalls(call: Call, life: Pick<Store, 'ping' | 'close'>): Store {
  return {
    epoch: () => call('epoch', null),
    secret: (args) => call('secret', args),

    createSite: (args) => call('createSite', args),
    listSites: () => call('listSites', null),
    siteByKey: (args) => call('siteByKey', args),
    updateSite: (args) => call('updateSite', args),

    createAgent: (args) => call('createAgent', args),
    agentByEmail: (args) => call('agentByEmail', args),
    agentById: (args) => call('agentById', args),
    setPassword: (args) => call('setPassword', args),
    updateAgent: (args) => call('updateAgent', args),
    setAvailability: (args) => call('setAvailability', args),
    setCapacity: (args) => call('setCapacity', args),
    setRole: (args) => call('setRole', args),
    sitesOfAgent: (args) => call('sitesOfAgent', args),
    team: (args) => call('team', args),
    agentLoads: (args) => call('agentLoads', args),

    workspace: (args) => call('workspace', args),
    saveItem: (args) => call('saveItem', args),
    removeItem: (args) => call('removeItem', args),

    identityKeys: (args) => call('identityKeys', args),
    addIdentityKey: (args) => call('addIdentityKey', args),
    removeIdentityKey: (args) => call('removeIdentityKey', args),
    createAgentSession: (args) => call('createAgentSession', args),
    agentOfSession: (args) => call('agentOfSession', args),
    rotateAgentSession: (args) => call('rotateAgentSession', args),
    endAgentSession: (args) => call('endAgentSession', args),
    endAgentSessions: (args) => call('endAgentSessions', args),

    visitorByTokenHash: (args) => call('visitorByTokenHash', args),
    visitorById: (args) => call('visitorById', args),
    updateVisit: (args) => call('updateVisit', args),
    changeVisitor: (args) => call('changeVisitor', args),
    identifyVisitor: (args) => call('identifyVisitor', args),
    visitorsByExternalId: (args) => call('visitorsByExternalId', args),
    samePerson: (args) => call('samePerson', args),
    mergeVisitor: (args) => call('mergeVisitor', args),
    addEvents: (args) => call('addEvents', args),
    events: (args) => call('events', args),

    startConversation: (args) => call('startConversation', args),
    conversation: (args) => call('conversation', args),
    conversationsOfVisitors: (args) => call('conversationsOfVisitors', args),
    inbox: (args) => call('inbox', args),
    inboxCounts: (args) => call('inboxCounts', args),
    inboxRow: (args) => call('inboxRow', args),
    queue: (args) => call('queue', args),
    snoozesDue: (args) => call('snoozesDue', args),
    firstReplies: (args) => call('firstReplies', args),
    search: (args) => call('search', args),

    unusedAvatars: (args) => call('unusedAvatars', args),

    addFile: (args) => call('addFile', args),
    file: (args) => call('file', args),
    dropFiles: (args) => call('dropFiles', args),

    append: (args) => call('append', args),
    entries: (args) => call('entries', args),
    heads: (args) => call('heads', args),

    satisfactionFacts: (args) => call('satisfactionFacts', args),
    satisfactionResults: (args) => call('satisfactionResults', args),

    createCobrowse: (args) => call('createCobrowse', args),
    cobrowse: (args) => call('cobrowse', args),
    addCobrowseFact: (args) => call('addCobrowseFact', args),
    cobrowseFacts: (args) => call('cobrowseFacts', args),
    createRecording: (args) => call('createRecording', args),
    recording: (args) => call('recording', args),
    advanceRecording: (args) => call('advanceRecording', args),
    keepRecordings: (args) => call('keepRecordings', args),
    deleteRecording: (args) => call('deleteRecording', args),
    dropRecording: (args) => call('dropRecording', args),
    recordingsDue: (args) => call('recordingsDue', args),
    shareLog: (args) => call('shareLog', args),
    setCobrowseState: (args) => call('setCobrowseState', args),
    saveCobrowseCode: (args) => call('saveCobrowseCode', args),
    takeCobrowseCode: (args) => call('takeCobrowseCode', args),
    openCobrowse: (args) => call('openCobrowse', args),
    openCobrowses: () => call('openCobrowses', null),

    ...life,
  };
}
