import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from '../../server/app.ts';
import { type Config, resolveConfig } from '../../server/config.ts';
import type { Clock } from '../../server/domain/clock.ts';
import { randomId } from '../../server/domain/identifier.ts';
import { createPasswords } from '../../server/domain/password.ts';
import { createLog } from '../../server/log.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import type { Role } from '../../shared/model/agent.ts';
import { defaultSiteSettings, type Site } from '../../shared/model/site.ts';
import { type AgentLine, openLine, type VisitorLine } from './live-line.ts';

export const shopOrigin = 'https://shop.example';
export const password = 'a long enough password';

/** A random id as a browser makes it. */
export const clientId = () => randomBytes(16).toString('base64url');
export const visitorToken = () => `vt_${randomBytes(32).toString('base64url')}`;

export const visit = {
  page: { url: 'https://shop.example/chairs', title: 'Chairs' },
  referrer: 'https://search.example/',
  language: 'en-GB',
  timeZone: 'Europe/London',
};

export const chromeOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

export interface LiveRapport {
  origin: string;
  dataFolder: string;
  store: Store;
  site: Site;
  /** All log lines so far, parsed. */
  logs(): Array<Record<string, unknown>>;
  addSite(name: string, origin?: string): Promise<Site>;
  addAgent(site: Site, name: string, role?: Role): Promise<{ id: string; email: string }>;
  /** Signs in over HTTP. */
  signIn(
    email: string,
    password?: string,
  ): Promise<{ status: number; body: Record<string, unknown>; cookie: string }>;
  visitor(options?: {
    site?: Site;
    token?: string;
    origin?: string | null;
    /** A token that the site signed. */
    identity?: string;
  }): Promise<VisitorLine & { token: string }>;
  agent(email: string): Promise<AgentLine & { accessToken: string; cookie: string }>;
  close(): Promise<void>;
}

/** With `RAPPORT_TEST_LIVE_ON=postgres` the stories run over a schema of their own in the test database. */
async function openTestStore(dataFolder: string): Promise<{ store: Store; drop(): Promise<void> }> {
  if (process.env.RAPPORT_TEST_LIVE_ON === 'postgres') {
    const { postgres } = await import('../contract/store/databases.ts');
    const place = await postgres.create();
    return { store: await place.open(), drop: place.drop };
  }
  const store = await openStore({
    dataFolder,
    databaseUrl: null,
    sqliteWorkerUrl: new URL('../../dist/server/sqlite-worker.js', import.meta.url),
  });
  return { store, drop: async () => {} };
}

/** The real app over the real store (SQLite's), in this process, so that a test can give it a clock. */
export async function startLiveRapport(
  options: { clock?: Clock; config?: Partial<Config> } = {},
): Promise<LiveRapport> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-live-'));
  const { store, drop } = await openTestStore(dataFolder);
  const lines: Array<Record<string, unknown>> = [];
  const log = createLog({
    level: 'debug',
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  // Cheap hashes: the cost of real ones is the matter of the sign-in tests alone.
  const passwords = createPasswords({ log2N: 8 });
  const app: App = await createApp({
    config: {
      ...resolveConfig({ PORT: '0', HOST: '127.0.0.1', RAPPORT_DATA: dataFolder }),
      ...options.config,
    },
    store,
    log,
    distFolder: fileURLToPath(new URL('../../dist', import.meta.url)),
    passwords,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const { port, origin: ownOrigin } = await app.listen();
  const origin = `http://127.0.0.1:${port}`;
  const closers: Array<() => void> = [];

  const addSite = async (name: string, siteOrigin = shopOrigin): Promise<Site> => {
    const site: Site = {
      id: randomId('site'),
      key: `pk_${randomBytes(9).toString('base64url')}`,
      settings: defaultSiteSettings(name, [siteOrigin]),
      createdAtMs: Date.now(),
    };
    await store.createSite({ site });
    return site;
  };

  const signIn: LiveRapport['signIn'] = async (email, given = password) => {
    const response = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ownOrigin },
      body: JSON.stringify({ email, password: given }),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      cookie: response.headers.get('set-cookie') ?? '',
    };
  };

  let isClosed = false;
  return {
    origin,
    dataFolder,
    store,
    site: await addSite('Shop'),
    logs: () => lines,
    addSite,
    async addAgent(site, name, role = 'agent') {
      const id = randomId('agent');
      const email = `${name.toLowerCase()}-${clientId().slice(0, 6).toLowerCase()}@example.com`;
      const passwordHash = await passwords.hash(password);
      const card = { id, name, email, color: '#0072b2', avatar: null };
      await store.createAgent({ agent: { ...card, passwordHash, availability: 'online' } });
      await store.setRole({ siteId: site.id, agentId: id, role });
      return { id, email };
    },
    signIn,
    async visitor({ site, token = visitorToken(), origin: pageOrigin = shopOrigin, identity } = {}) {
      const line: VisitorLine = await openLine({
        origin,
        namespace: '/visitor',
        auth: {
          site: (site ?? (await store.listSites())[0])?.key,
          token,
          ...(identity === undefined ? {} : { identity }),
        },
        headers: { 'user-agent': chromeOnWindows, ...(pageOrigin === null ? {} : { origin: pageOrigin }) },
      });
      closers.push(line.close);
      return { ...line, token };
    },
    async agent(email) {
      const { body, cookie } = await signIn(email);
      const accessToken = String(body.accessToken);
      const line: AgentLine = await openLine({
        origin,
        namespace: '/agent',
        auth: { accessToken },
        headers: { origin: ownOrigin },
      });
      closers.push(line.close);
      return { ...line, accessToken, cookie };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const close of closers) close();
      await app.close();
      await store.close();
      await drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
