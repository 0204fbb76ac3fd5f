import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Entry } from '../../shared/model/conversation.ts';
import { messageViews } from '../../shared/model/message-view.ts';
import { visitorFacingEntry } from '../../shared/model/visitor-facing.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { openAgentWindow } from './agent-window.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { createVisitorBrowser, openVisitorTab } from './visitor-tab.ts';
import type { Writer } from './writer.ts';

/** Windows 0 and 1 are the visitor's two tabs, 2 and 3 the consoles of two agents. */
const windows = 4;

/** One thing that happens. Nothing waits for the one before but for `settle`. */
export type Step =
  | { do: 'send' | 'edit' | 'take_back' | 'reload'; window: number }
  /** The connections of this window are reset. */
  | { do: 'cut'; window: number }
  /** What this window sends and gets vanishes, until everything heals. */
  | { do: 'lose'; window: number }
  | { do: 'heal' }
  | { do: 'restart' }
  /** Time enough for a reply on a good line. */
  | { do: 'settle' };

const window = fc.integer({ min: 0, max: windows - 1 });
const stepOf = (what: 'send' | 'edit' | 'take_back' | 'reload' | 'cut' | 'lose') =>
  window.map((index): Step => ({ do: what, window: index }));

/** A visitor's first message, and then whatever happens. */
export const storyArbitrary: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      { weight: 48, arbitrary: stepOf('send') },
      { weight: 16, arbitrary: fc.constant<Step>({ do: 'settle' }) },
      { weight: 12, arbitrary: stepOf('edit') },
      { weight: 4, arbitrary: stepOf('take_back') },
      { weight: 12, arbitrary: stepOf('cut') },
      { weight: 4, arbitrary: stepOf('lose') },
      { weight: 4, arbitrary: fc.constant<Step>({ do: 'heal' }) },
      { weight: 8, arbitrary: stepOf('reload') },
      { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
    ),
    { minLength: 4, maxLength: 22 },
  )
  .map((steps): Step[] => [{ do: 'send', window: 0 }, ...steps]);

export interface Faults {
  /** Messages that were composed and stand nowhere, or are missing in a window. */
  lost: number;
  /** Messages that stand more than once, in the log or in a window. */
  duplicated: number;
  /** Messages that stand in another order than their writer composed them in, or than the log has them in. */
  reordered: number;
}

export interface ModelResult extends Faults {
  runs: number;
  seed: number;
}

export interface ModelOptions {
  runs: number;
  seed: number;
  /** Stories that are told at the same time. They share the server, so each lives through the restarts of all. */
  atOnce?: number;
  onProgress?(done: number): void;
  onFault?(story: { steps: Step[]; faults: Faults; why: string[] }): void;
}

/** Tells `runs` random stories and counts what went wrong. The same seed makes the same stories. */
export async function checkChat(options: ModelOptions): Promise<ModelResult> {
  const { runs, seed, atOnce = 24 } = options;
  const stories = fc.sample(storyArbitrary, { numRuns: runs, seed });
  const server = await startModelServer();
  const result: ModelResult = { runs, seed, lost: 0, duplicated: 0, reordered: 0 };
  let next = 0;
  let done = 0;
  try {
    await Promise.all(
      Array.from({ length: Math.min(atOnce, runs) }, async (_, lane) => {
        for (let index = next++; index < stories.length; index = next++) {
          const steps = stories[index] ?? [];
          const told = await tell(server, steps, lane);
          result.lost += told.faults.lost;
          result.duplicated += told.faults.duplicated;
          result.reordered += told.faults.reordered;
          if (told.why.length > 0) options.onFault?.({ steps, ...told });
          options.onProgress?.(++done);
        }
      }),
    );
  } finally {
    await server.close();
  }
  return result;
}

/** Longest until everything that was written has come to rest, after the network is whole again. */
const settleWithinMs = 60_000;
const lookAgainMs = 40;
const replyMs = 60;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function tell(
  server: ModelServer,
  steps: readonly Step[],
  lane: number,
): Promise<{ faults: Faults; why: string[] }> {
  const site = await server.addSite();
  const agents = [await server.addAgent(site), await server.addAgent(site)];
  // Linux has the whole of 127.0.0.0/8: the limits per address see every story alone.
  const localAddress =
    process.platform === 'linux'
      ? { localAddress: `127.7.${lane}.${1 + Math.floor(Math.random() * 250)}` }
      : {};
  const proxies: FaultProxy[] = [];
  for (let index = 0; index < windows; index += 1) {
    proxies.push(await startFaultProxy({ port: server.port, host: '127.0.0.1', ...localAddress }));
  }
  const origin = (index: number) => proxies[index]?.origin ?? '';
  const why: string[] = [];
  const report = (error: unknown) => why.push(`thrown: ${error}`);
  const browser = createVisitorBrowser();
  const tab = (index: number) =>
    openVisitorTab({ browser, origin: origin(index), siteKey: site.key, report });
  const console_ = (index: number) => {
    const agent = agents[index - 2];
    if (!agent) throw new Error('no such agent');
    return openAgentWindow({ agent, origin: origin(index), siteId: site.id });
  };
  const writers: Writer[] = [tab(0), tab(1), console_(2), console_(3)];
  /** Texts in the order of composing, by window. */
  const composed: string[][] = writers.map(() => []);
  const edits: Promise<void>[] = [];

  for (const [number, step] of steps.entries()) {
    const writer = 'window' in step ? writers[step.window] : undefined;
    const proxy = 'window' in step ? proxies[step.window] : undefined;
    switch (step.do) {
      case 'send': {
        const text = `w${step.window} n${number}`;
        if (writer?.send(text)) composed[step.window]?.push(text);
        break;
      }
      case 'edit':
        if (writer) edits.push(writer.editNewest(`edited in step ${number}`));
        break;
      case 'take_back':
        if (writer) edits.push(writer.editNewest(null));
        break;
      case 'reload':
        await writer?.reload();
        break;
      case 'cut':
        proxy?.cut();
        break;
      case 'lose':
        proxy?.set({ dropped: true });
        break;
      case 'heal':
        for (const each of proxies) each.heal();
        break;
      case 'restart':
        await server.restart();
        break;
      case 'settle':
        await pause(replyMs);
    }
    // A turn of the event loop, as between two acts of a person.
    await pause(1);
  }

  for (const proxy of proxies) proxy.heal();
  await Promise.all(edits);
  const stored = await cameToRest(server, site.id, writers);
  const faults = stored
    ? compare(stored, writers, composed, why)
    : stillMoving(await server.conversations(site.id), writers, composed, why);
  for (const writer of writers) writer.close();
  await Promise.all(proxies.map((proxy) => proxy.close()));
  return { faults, why };
}

type Stored = Awaited<ReturnType<ModelServer['conversations']>>;

/** What is on disk once every window has sent everything and holds every log up to its head; null when that does not happen. */
async function cameToRest(
  server: ModelServer,
  siteId: string,
  writers: readonly Writer[],
): Promise<Stored | null> {
  const giveUpAtMs = Date.now() + settleWithinMs;
  while (Date.now() < giveUpAtMs) {
    const stored = await server.conversations(siteId);
    const ids = stored.map(({ state }) => state.id);
    for (const writer of writers) writer.openAll(ids);
    const isQuiet = writers.every((writer) => writer.unsent() === 0);
    const isHeld = stored.every(({ state }) =>
      writers.every((writer) => (writer.logs().get(state.id)?.at(-1)?.seq ?? 0) >= state.lastSeq),
    );
    if (isQuiet && isHeld && stored.length > 0) {
      const after = await server.conversations(siteId);
      if (isDeepStrictEqual(after, stored)) return stored;
    }
    await pause(lookAgainMs);
  }
  return null;
}

function stillMoving(
  stored: Stored,
  writers: readonly Writer[],
  composed: readonly string[][],
  why: string[],
): Faults {
  why.push(`not at rest: unsent ${writers.map((writer) => writer.unsent()).join(', ')}`);
  for (const { state } of stored) {
    const held = writers.map((writer) => writer.logs().get(state.id)?.at(-1)?.seq ?? 'nothing');
    why.push(`of ${state.lastSeq} entries the windows hold ${held.join(', ')}`);
  }
  return { lost: composed.flat().length, duplicated: 0, reordered: 0 };
}

/** The first text of every message, as it was composed. */
const originals = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === 'message' ? [entry.payload.text] : []));

function compare(
  stored: Stored,
  writers: readonly Writer[],
  composed: readonly string[][],
  why: string[],
): Faults {
  const faults: Faults = { lost: 0, duplicated: 0, reordered: 0 };
  const note = (fault: keyof Faults, count: number, words: string) => {
    if (count === 0) return;
    faults[fault] += count;
    why.push(`${fault}: ${words}`);
  };
  // A text that was taken back is erased: its client id still stands, so it is told by number.
  const takenBack = stored.reduce(
    (sum, { entries }) =>
      sum + [...messageViews(entries).values()].filter(({ isDeleted }) => isDeleted).length,
    0,
  );
  const inLog = stored.flatMap(({ entries }) => originals(entries).filter((text) => text !== ''));
  const all = composed.flat();
  note('lost', Math.max(0, all.filter((text) => !inLog.includes(text)).length - takenBack), 'not in any log');
  note('duplicated', inLog.length - new Set(inLog).size, 'twice in the log');
  const total = stored.reduce((sum, { entries }) => sum + originals(entries).length, 0);
  note(
    'duplicated',
    Math.max(0, total - all.length),
    `${total} messages stand where ${all.length} were composed`,
  );

  for (const { state, entries } of stored) {
    note('reordered', entries.filter(({ seq }, index) => seq !== index + 1).length, 'a gap in the numbers');
    const texts = originals(entries);
    for (const [window_, own] of composed.entries()) {
      const order = own.filter((text) => texts.includes(text)).map((text) => texts.indexOf(text));
      note(
        'reordered',
        order.filter((place, index) => index > 0 && place < (order[index - 1] ?? 0)).length,
        `window ${window_} composed in another order`,
      );
    }
    for (const [index, writer] of writers.entries()) {
      const held = writer.logs().get(state.id) ?? [];
      const expected = index < 2 ? entries.map(visitorFacingEntry) : entries;
      const numbers = held.map(({ seq }) => seq);
      note('duplicated', numbers.length - new Set(numbers).size, `window ${index} shows an entry twice`);
      note(
        'lost',
        expected.filter(({ seq }) => !numbers.includes(seq)).length,
        `window ${index} lacks entries`,
      );
      note(
        'reordered',
        numbers.filter((seq, place) => place > 0 && seq <= (numbers[place - 1] ?? 0)).length,
        `window ${index} has another order`,
      );
      if (!isDeepStrictEqual(shown(held), shown(expected)))
        note('lost', 1, `window ${index} shows other texts`);
    }
  }
  return faults;
}

/** What a reader sees of a log. */
const shown = (entries: readonly Entry[]) =>
  [...messageViews(entries).values()].map(({ seq, text, isDeleted, editedAtMs }) => ({
    seq,
    text,
    isDeleted,
    isEdited: editedAtMs !== null,
  }));
