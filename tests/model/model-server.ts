import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from '../../server/app.ts';
import { resolveConfig } from '../../server/config.ts';
import { randomId } from '../../server/domain/identifier.ts';
import { createPasswords } from '../../server/domain/password.ts';
import { createLog } from '../../server/log.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import { defaultSiteSettings, type Site } from '../../shared/model/site.ts';
import { freePort } from '../support/free-port.ts';

const password = 'a long enough password';

export interface ModelAgent {
  id: string;
  accessToken(): Promise<string>;
}

/** The real server over the real store, which can go and come back on the same port and data. */
export interface ModelServer {
  port: number;
  addSite(): Promise<Site>;
  addAgent(site: Site): Promise<ModelAgent>;
  /** Ends the server and starts it again; one restart at a time, the others join it. */
  restart(): Promise<void>;
  /** What is on disk of the site's conversations. */
  conversations(siteId: string): Promise<Array<{ state: ConversationState; entries: Entry[] }>>;
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-model-'));
  const port = await freePort();
  const passwords = createPasswords({ log2N: 8 });
  const log = createLog({ level: 'silent' });
  let store: Store;
  let app: App;

  const start = async () => {
    store = await openStore({
      dataFolder,
      databaseUrl: null,
      sqliteWorkerUrl: new URL('../../dist/server/sqlite-worker.js', import.meta.url),
    });
    app = await createApp({
      config: {
        ...resolveConfig({ PORT: String(port), RAPPORT_DATA: dataFolder }),
        maxSocketsPerAddress: 100_000,
      },
      store,
      log,
      distFolder: fileURLToPath(new URL('../../dist', import.meta.url)),
      passwords,
    });
    await app.listen();
  };
  const stop = async () => {
    await app.close();
    await store.close();
  };
  await start();
  const passwordHash = await passwords.hash(password);
  /** The server checks few passwords at a time. */
  let signIns: Promise<unknown> = Promise.resolve();
  let restarting: Promise<void> | null = null;
  let starts = 0;

  /** Runs what needs the store, again when a restart came between. */
  const onStore = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      await restarting;
      const startedIn = starts;
      try {
        return await work();
      } catch (error) {
        if (restarting === null && starts === startedIn) throw error;
      }
    }
  };

  return {
    port,
    async addSite() {
      const site: Site = {
        id: randomId('site'),
        key: `pk_${randomBytes(9).toString('base64url')}`,
        settings: defaultSiteSettings('Shop', []),
        createdAtMs: Date.now(),
      };
      // A repeat may find what the first try has made.
      await onStore(async () => {
        if ((await store.siteByKey({ key: site.key })) === null) await store.createSite({ site });
      });
      return site;
    },
    async addAgent(site) {
      const id = randomId('agent');
      const email = `${id.toLowerCase()}@example.com`;
      const card = { id, name: 'Agent', email, color: '#0072b2', avatar: null };
      await onStore(async () => {
        if ((await store.agentById({ agentId: id })) === null) {
          await store.createAgent({ agent: { ...card, availability: 'online', passwordHash } });
        }
        await store.setRole({ siteId: site.id, agentId: id, role: 'agent' });
      });
      let token: Promise<string> | null = null;
      const signIn = async (): Promise<string> => {
        const answer = await fetch(`http://localhost:${port}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
        const reply = (await answer.json()) as { accessToken?: string };
        if (!reply.accessToken) throw new Error('the agent could not sign in');
        return reply.accessToken;
      };
      return {
        id,
        accessToken() {
          if (token === null) {
            const asked = signIns.then(signIn);
            signIns = asked.catch(() => {
              // A restart was in the way: the next connect asks again.
              token = null;
            });
            token = asked;
          }
          return token;
        },
      };
    },
    restart() {
      restarting ??= stop()
        .then(start)
        .finally(() => {
          starts += 1;
          restarting = null;
        });
      return restarting;
    },
    conversations: (siteId) =>
      onStore(async () => {
        const found: Array<{ state: ConversationState; entries: Entry[] }> = [];
        for (const { conversationId } of await store.heads({ siteId, sinceMs: 0 })) {
          const state = await store.conversation({ conversationId });
          if (!state) continue;
          const { entries } = await store.entries({ conversationId, afterSeq: 0, limit: 10_000 });
          found.push({ state, entries });
        }
        return found;
      }),
    async close() {
      await restarting;
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
