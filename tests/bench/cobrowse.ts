import { launchChromium } from '../support/chromium.ts';
import { changeToPaintMs, lateJoins9000, longestTaskMs } from './cobrowse/live-view.ts';
import { shopVisit } from './cobrowse/visit.ts';
import { percentile, rounded } from './percentile.ts';
import { relayDelay, relaySpeed, stalledViewerMb } from './relay/load.ts';

export interface CobrowseFigures extends Record<string, number> {
  /** From a change in the visitor's page to the frame that shows it in the agent's view, over loopback. */
  changeToPaintP50Ms: number;
  changeToPaintP95Ms: number;
  /** A scripted visit to the shop: what the stream costs, and what rrweb's events packed one by one cost. */
  visitBytesPerSecond: number;
  rrwebPackBytesPerSecond: number;
  /** Main-thread time of the same visit, on top of what it takes unrecorded: ours, and rrweb's recorder alone. */
  visitCpuMs: number;
  rrwebRecordCpuMs: number;
  /** From the agent's click to the painted end of a page of 9,000 nodes, the visitor's page doing nothing for it. */
  lateJoinMs: number;
  /** 4,000 batches of 2 KB a second: what reaches viewers for each second of the server's CPU. */
  relayBatchesPerCpuSecond: number;
  bareWsBatchesPerCpuSecond: number;
  /** Memory that an agent costs who has stopped reading. */
  stalledViewerRssMb: number;
  /** 300 sessions of 10 batches a second through one process: what the relay adds to a bare `ws` relay, both at p99. */
  addedP99Ms: number;
  /** Longest hold-up of the visitor's page while one of 20,000 nodes is shared. */
  longestTaskMs: number;
}

const relayLoad = { sessions: 60, batchesPerSecond: 4_000, payloadBytes: 2_048, seconds: 5 };
const crowdLoad = { sessions: 300, batchesPerSecond: 3_000, payloadBytes: 2_048, seconds: 8 };
/** Fills the kept epoch to its bound before the stalled agent comes, and once more after. */
const stallLoad = { sessions: 1, batchesPerSecond: 60, payloadBytes: 14 * 1_024, seconds: 12 };
const relayRounds = 3;

const targets = {
  changeToPaintP50Ms: 60,
  changeToPaintP95Ms: 120,
  bytesShare: 1 / 3,
  cpuTimes: 1.5,
  lateJoinMs: 400,
  relayShare: 0.7,
  stalledViewerRssMb: 8,
  addedP99Ms: 50,
  longestTaskMs: 50,
};

/** `npm run bench -- cobrowse` */
export const bench = {
  async run(say: (line: string) => void): Promise<CobrowseFigures> {
    say('Relay …');
    const speed = await relaySpeed(relayLoad, relayRounds);
    say('Relay with 300 sessions …');
    const delay = await relayDelay(crowdLoad);
    say('A viewer that does not read …');
    const stalledMb = await stalledViewerMb(stallLoad);
    const browser = await launchChromium();
    try {
      say('Change to paint …');
      const changes = await changeToPaintMs(browser);
      say('Late joins …');
      const late = await lateJoins9000(browser);
      if (late.visitorFrames > 0)
        throw new Error(`the visitor's page has sent ${late.visitorFrames} batches for agents who came late`);
      say('A page of 20,000 nodes …');
      const longest = await longestTaskMs(browser);
      say('Shop visits …');
      const visit = await shopVisit(browser, say);
      return {
        changeToPaintP50Ms: rounded(percentile(changes, 0.5)),
        changeToPaintP95Ms: rounded(percentile(changes, 0.95)),
        visitBytesPerSecond: Math.round(visit.bytesPerSecond),
        rrwebPackBytesPerSecond: Math.round(visit.packBytesPerSecond),
        visitCpuMs: Math.round(visit.cpuMs),
        rrwebRecordCpuMs: Math.round(visit.recordCpuMs),
        lateJoinMs: rounded(percentile(late.paintedMs, 0.5)),
        relayBatchesPerCpuSecond: Math.round(speed.relay),
        bareWsBatchesPerCpuSecond: Math.round(speed.bare),
        stalledViewerRssMb: rounded(stalledMb),
        addedP99Ms: rounded(Math.max(0, delay.relayP99Ms - delay.bareP99Ms)),
        longestTaskMs: rounded(longest),
      };
    } finally {
      await browser.close();
    }
  },

  table: (figures: CobrowseFigures): string =>
    [
      `change to paint            p50 ${figures.changeToPaintP50Ms} ms, p95 ${figures.changeToPaintP95Ms} ms (targets ${targets.changeToPaintP50Ms} and ${targets.changeToPaintP95Ms})`,
      `bytes of a shop visit      ${figures.visitBytesPerSecond} B/s; rrweb, each event packed: ${figures.rrwebPackBytesPerSecond} B/s (target a third)`,
      `main thread of the visit   ${figures.visitCpuMs} ms; rrweb's recorder alone: ${figures.rrwebRecordCpuMs} ms (target ${targets.cpuTimes} times)`,
      `late join, 9,000 nodes     ${figures.lateJoinMs} ms (target ${targets.lateJoinMs}); the visitor's page sends nothing for it`,
      `relay                      ${figures.relayBatchesPerCpuSecond} batches per CPU second; bare ws ${figures.bareWsBatchesPerCpuSecond} (target ${targets.relayShare * 100} %)`,
      `viewer that does not read  ${figures.stalledViewerRssMb} MB (target ${targets.stalledViewerRssMb})`,
      `300 sessions               ${figures.addedP99Ms} ms added at p99 (target ${targets.addedP99Ms})`,
      `longest task, 20,000 nodes ${figures.longestTaskMs} ms (target ${targets.longestTaskMs})`,
    ].join('\n'),

  misses(figures: CobrowseFigures): string[] {
    const misses: string[] = [];
    const want = (isMet: boolean, words: string) => {
      if (!isMet) misses.push(words);
    };
    for (const name of [
      'changeToPaintP50Ms',
      'changeToPaintP95Ms',
      'lateJoinMs',
      'stalledViewerRssMb',
      'addedP99Ms',
      'longestTaskMs',
    ] as const)
      want(
        (figures[name] ?? 0) <= targets[name],
        `${name} is ${figures[name]}; the target is ${targets[name]}.`,
      );
    const bytesShare = figures.visitBytesPerSecond / figures.rrwebPackBytesPerSecond;
    want(bytesShare <= targets.bytesShare, `A visit costs ${bytesShare.toFixed(2)} of rrweb's packed bytes.`);
    const cpuTimes = figures.visitCpuMs / figures.rrwebRecordCpuMs;
    want(cpuTimes <= targets.cpuTimes, `A visit costs ${cpuTimes.toFixed(2)} times rrweb's recorder.`);
    const relayShare = figures.relayBatchesPerCpuSecond / figures.bareWsBatchesPerCpuSecond;
    want(relayShare >= targets.relayShare, `The relay reaches ${relayShare.toFixed(2)} of a bare ws relay.`);
    return misses;
  },
};
