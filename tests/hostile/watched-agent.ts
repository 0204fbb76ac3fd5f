import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright';
import { type Agent, openAgent } from '../support/agent.ts';
import type { Rapport } from '../support/rapport.ts';
import type { Evil } from './markup-payloads.ts';

/** What the viewer says of a batch. */
export type Verdict = 'shown' | 'silent' | string;
/** A busy machine included. */
const silentAfterMs = 20_000;

/** An agent at the console whose every request, dialog, window and script is watched. */
export interface WatchedAgent {
  agent: Agent;
  /** What payload number `index` does if it can. */
  evil(index: number): Evil;
  /** When the viewer has shown this batch, or has refused the epoch: why. */
  verdict(epoch: number, batch: number): Promise<Verdict>;
  /** Everything that a payload has achieved. Each says its number. */
  wrongs(): Promise<string[]>;
  close(): Promise<void>;
}

/** What the viewer tells the console, as far as it is read here. */
interface Said {
  type: string;
  epoch?: number;
  batch?: number;
  fault?: string;
}

declare global {
  /** Set by a script that should not have run. */
  var evil: number | undefined;
  var viewerSaid: (said: Said) => void;
}

export async function watchAgent(browser: Browser, rapport: Rapport): Promise<WatchedAgent> {
  const wrongs: string[] = [];
  const shown = new Set<string>();
  const failed = new Map<number, string>();
  const waiting = new Set<() => void>();
  const hits = createServer((request, response) => {
    wrongs.push(`${request.method} reached another host: ${request.url}`);
    response.end();
  });
  const evilOrigin = await listen(hits);
  const ours = [rapport.origin, rapport.origin.replace('localhost', '127.0.0.1')];
  const isOurs = (url: string) =>
    /^(?:data|blob|about):/.test(url) ||
    (ours.some((origin) => url.startsWith(origin)) && !/evil/i.test(url));

  const agent = await openAgent(browser, rapport, {
    viewport: { width: 1200, height: 800 },
    async prepare(context) {
      context.on('request', (request) => {
        if (!isOurs(request.url())) wrongs.push(`request to ${request.url().slice(0, 200)}`);
      });
      context.on('page', (page) => {
        page.on('dialog', (dialog) => {
          wrongs.push(`dialog: ${dialog.message()}`);
          void dialog.dismiss();
        });
        page.on('popup', (popup) => wrongs.push(`window: ${popup.url()}`));
        page.on('download', (download) => wrongs.push(`download: ${download.url()}`));
        page.on('pageerror', (error) => wrongs.push(`error in the console: ${error.message}`));
        page.on('framenavigated', (frame) => {
          if (!isOurs(frame.url())) wrongs.push(`navigation to ${frame.url()}`);
        });
      });
      await context.exposeBinding(
        'viewerSaid',
        (_source, { type, epoch = 0, batch = 0, fault = '' }: Said) => {
          if (type === 'shown') shown.add(`${epoch} ${batch}`);
          if (type === 'failed') failed.set(epoch, fault);
          for (const look of [...waiting]) look();
        },
      );
      // Hears what the viewer says to the console, beside the console itself.
      await context.addInitScript(() => {
        const Channel = MessageChannel;
        Object.assign(globalThis, {
          MessageChannel: class extends Channel {
            constructor() {
              super();
              this.port1.addEventListener('message', ({ data }) => globalThis.viewerSaid(data));
            }
          },
        });
      });
    },
  });

  return {
    agent,
    evil: (index) => {
      const url = `${evilOrigin}/evil/${index}`;
      return {
        url,
        code: `self.evil=${index};try{top.evil=${index}}catch(e){}fetch('${url}');alert(${index})`,
      };
    },
    verdict: (epoch, batch) =>
      new Promise((resolve) => {
        const end = (verdict: Verdict) => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(verdict);
        };
        const look = () => {
          const fault = failed.get(epoch);
          if (fault !== undefined || shown.has(`${epoch} ${batch}`)) end(fault ?? 'shown');
        };
        const timer = setTimeout(end, silentAfterMs, 'silent');
        waiting.add(look);
        look();
      }),
    async wrongs() {
      for (const frame of agent.page.frames()) {
        const mark = await frame.evaluate(() => globalThis.evil).catch(() => undefined);
        if (mark !== undefined) wrongs.push(`script of payload ${mark} ran in ${frame.url()}`);
      }
      return [...new Set(wrongs)];
    },
    async close() {
      await agent.leaves();
      hits.closeAllConnections();
      hits.close();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
