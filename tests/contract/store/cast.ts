import { nanoid } from 'nanoid';
import type { Store, StoredAgent, StoredFile, StoredSender } from '../../../server/store/store.ts';
import type { ChatFile } from '../../../shared/model/chat-file.ts';
import type { EntryKind, EntryPayloads } from '../../../shared/model/conversation.ts';
import { type IdKind, idPrefixes } from '../../../shared/model/ids.ts';
import type { Visit } from '../../../shared/model/page.ts';
import { defaultSiteSettings, type Site } from '../../../shared/model/site.ts';

/** Who appears in the stories of the store. */

export const newId = (kind: IdKind) => `${idPrefixes[kind]}_${nanoid()}`;
export const newClientId = () => nanoid();

/** A whole time to count from: 14 November 2023, 22:13:20. */
export const startMs = 1_700_000_000_000;

export const visit: Visit = {
  page: { url: 'https://shop.example/tables', title: 'Tables' },
  referrer: 'https://search.example/',
  language: 'de-AT',
  timeZone: 'Europe/Vienna',
};

export async function addSite(store: Store): Promise<Site> {
  const site: Site = {
    id: newId('site'),
    key: `pk_${nanoid(12)}`,
    settings: defaultSiteSettings('Shop', ['https://shop.example']),
    createdAtMs: startMs,
  };
  await store.createSite({ site });
  return site;
}

export async function addAgent(store: Store, name = 'Ada'): Promise<StoredAgent> {
  const agent: StoredAgent = {
    id: newId('agent'),
    name,
    email: `${nanoid().toLowerCase()}@shop.example`,
    color: '#0072b2',
    avatar: null,
    passwordHash: 'scrypt:hash',
    availability: 'online',
  };
  await store.createAgent({ agent });
  return agent;
}

/** A request to start a conversation: by a new visitor, with a first message, unless told otherwise. */
type Start = Parameters<Store['startConversation']>[0] & { tokenHash: string };

export function someStart(siteId: string, change: Partial<Start> = {}): Start {
  return {
    siteId,
    tokenHash: nanoid(43),
    visitorId: newId('visitor'),
    conversationId: newId('conversation'),
    visit,
    browser: 'Chrome 156 on Windows',
    clientId: newClientId(),
    text: 'Is the oak table in stock?',
    nowMs: startMs,
    ...change,
  };
}

/** A conversation with its first message. */
export async function startTalk(store: Store, siteId: string, change: Parameters<typeof someStart>[1] = {}) {
  const request = someStart(siteId, change);
  const started = await store.startConversation(request);
  const { tokenHash } = request;
  return { id: started.conversation.id, visitorId: started.visitor.id, tokenHash, ...started };
}

/** A new entry of any kind, with a client id of its own. */
export const entryOf = <K extends Exclude<EntryKind, 'hidden'>>(
  conversationId: string,
  sender: StoredSender,
  kind: K,
  payload: EntryPayloads[K],
  change: { clientId?: string; atMs?: number } = {},
) => ({ conversationId, sender, kind, payload, clientId: newClientId(), atMs: startMs, ...change });

export const message = (
  talk: { id: string; visitorId: string },
  text: string,
  change: { clientId?: string; atMs?: number } = {},
) => entryOf(talk.id, { role: 'visitor', id: talk.visitorId }, 'message', { text }, change);

export const answer = (
  talk: { id: string },
  agent: { id: string },
  text: string,
  change: { clientId?: string; atMs?: number } = {},
) => entryOf(talk.id, { role: 'agent', id: agent.id }, 'message', { text }, change);

/** A file that somebody has uploaded, and that no message holds yet. */
export async function addFile(
  store: Store,
  siteId: string,
  owner: string,
  change: Partial<StoredFile> = {},
): Promise<StoredFile> {
  const file: StoredFile = {
    id: newId('file'),
    name: 'table.png',
    mime: 'image/png',
    sizeBytes: 2_048,
    widthPx: 640,
    heightPx: 480,
    siteId,
    owner,
    conversationId: null,
    isInternal: false,
    createdAtMs: startMs,
    ...change,
  };
  await store.addFile({ file });
  return file;
}

/** What others see of a file. */
export const chatFileOf = ({ id, name, mime, sizeBytes, widthPx, heightPx }: StoredFile): ChatFile => ({
  id,
  name,
  mime,
  sizeBytes,
  widthPx,
  heightPx,
});

/** A visitor for whom the site has vouched. */
export const identify = (
  store: Store,
  siteId: string,
  change: Partial<Parameters<Store['identifyVisitor']>[0]> = {},
) =>
  store.identifyVisitor({
    siteId,
    tokenHash: nanoid(43),
    visitorId: newId('visitor'),
    externalId: nanoid(),
    name: 'Anna',
    email: 'anna@shop.example',
    attributes: {},
    visit,
    browser: 'Chrome 156 on Windows',
    nowMs: startMs,
    ...change,
  });

/** All entries of a log. */
export async function logOf(store: Store, conversationId: string) {
  return (await store.entries({ conversationId, afterSeq: 0, limit: 10_000 })).entries;
}
