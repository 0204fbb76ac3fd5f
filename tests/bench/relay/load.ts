import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../percentile.ts';
import {
  type OnBatch,
  openBareTab,
  openBareViewer,
  openRelayTab,
  openRelayViewer,
  type SendingLine,
  type WatchingLine,
} from './line.ts';
import { type Program, startBareRelay, startRelay } from './program.ts';

export interface Load {
  sessions: number;
  batchesPerSecond: number;
  payloadBytes: number;
  seconds: number;
}

/** Before figures count: connections, caches, and the compiler. */
const warmUpSeconds = 2;

type OpenTab = (port: number, name: number, payloadBytes: number) => Promise<SendingLine>;
type OpenViewer = (
  port: number,
  name: number,
  payloadBytes: number,
  onBatch: OnBatch,
) => Promise<WatchingLine>;

/** A server with sessions of one tab and one viewer each, under an even load. */
async function withSessions<T>(
  start: () => Promise<Program>,
  [openTab, openViewer]: [OpenTab, OpenViewer],
  load: Load,
  onBatch: OnBatch,
  run: (program: Program, send: (seconds: number) => Promise<void>) => Promise<T>,
): Promise<T> {
  const program = await start();
  const lines: Array<{ close(): void }> = [];
  try {
    const tabs: SendingLine[] = [];
    for (let name = 0; name < load.sessions; name += 1) {
      const tab = await openTab(program.port, name, load.payloadBytes);
      lines.push(tab, await openViewer(program.port, name, load.payloadBytes, onBatch));
      tabs.push(tab);
    }
    let turn = 0;
    const send = async (seconds: number) => {
      const startMs = performance.now();
      const total = Math.round(seconds * load.batchesPerSecond);
      for (let sent = 0; sent < total; ) {
        const due = Math.min(total, ((performance.now() - startMs) / 1000) * load.batchesPerSecond);
        for (; sent < due; sent += 1) tabs[turn++ % tabs.length]?.send();
        await pause(2);
      }
    };
    return await run(program, send);
  } finally {
    for (const line of lines) line.close();
    program.close();
  }
}

/** Batches that reach their viewer for each second of the server's CPU time. */
async function perCpuSecond(
  start: () => Promise<Program>,
  ends: [OpenTab, OpenViewer],
  load: Load,
): Promise<number> {
  let received = 0;
  const count = () => {
    received += 1;
  };
  return withSessions(start, ends, load, count, async (program, send) => {
    await send(warmUpSeconds);
    const before = { received, cpu: await program.cpuSeconds() };
    await send(load.seconds);
    const cpu = (await program.cpuSeconds()) - before.cpu;
    return (received - before.received) / cpu;
  });
}

const relayEnds: [OpenTab, OpenViewer] = [openRelayTab, openRelayViewer];
const bareEnds: [OpenTab, OpenViewer] = [openBareTab, openBareViewer];

/** Both servers in turn, so that what else the machine does weighs on both; the medians of the rounds. */
export async function relaySpeed(load: Load, rounds: number): Promise<{ relay: number; bare: number }> {
  const relay: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await perCpuSecond(startBareRelay, bareEnds, load));
    relay.push(await perCpuSecond(startRelay, relayEnds, load));
  }
  return { relay: percentile(relay, 0.5), bare: percentile(bare, 0.5) };
}

/** From a tab's send to its viewer's end of the line, all of it, at p99. */
async function delayP99Ms(
  start: () => Promise<Program>,
  ends: [OpenTab, OpenViewer],
  load: Load,
): Promise<number> {
  let delays: number[] = [];
  const note = (delayMs: number) => {
    delays.push(delayMs);
  };
  return withSessions(start, ends, load, note, async (_, send) => {
    await send(warmUpSeconds);
    delays = [];
    await send(load.seconds);
    return percentile(delays, 0.99);
  });
}

export async function relayDelay(load: Load): Promise<{ relayP99Ms: number; bareP99Ms: number }> {
  const bareP99Ms = await delayP99Ms(startBareRelay, bareEnds, load);
  return { bareP99Ms, relayP99Ms: await delayP99Ms(startRelay, relayEnds, load) };
}

/** What one agent who does not read costs the server, beside the same stream to one who does. */
export async function stalledViewerMb(load: Load): Promise<number> {
  return withSessions(
    startRelay,
    relayEnds,
    { ...load, sessions: 1 },
    () => undefined,
    async (program, send) => {
      // The kept epoch has to reach its bound first: it is not the stalled viewer's.
      await send(load.seconds);
      const before = await program.rssMb();
      const stalled = await openRelayViewer(program.port, 0, load.payloadBytes, () => undefined);
      stalled.stall();
      await send(load.seconds);
      const after = await program.rssMb();
      stalled.close();
      return Math.max(0, after - before);
    },
  );
}
