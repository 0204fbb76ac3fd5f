import { describe, expect, it } from 'vitest';
import { countdown, type StateFacts, stateLine } from '../../../../console/cobrowse/state-line.ts';
import type { StreamFault } from '../../../../console/viewer/port.ts';
import { type ErrorCode, errorTable } from '../../../../shared/errors.ts';
import type { CobrowseEndReason } from '../../../../shared/model/cobrowse.ts';

const live: StateFacts = {
  session: { phase: 'active', startedAtMs: 0 },
  refusal: null,
  viewer: 'ready',
  viewerOrigin: 'https://view.example.com',
  relay: 'online',
  visitorOnline: true,
  paused: null,
  tabHidden: false,
  picture: { state: 'shown', tab: 't', epoch: 1, lastBatch: 3, waitingSinceMs: null },
  hasGivenUp: false,
  delayMs: 84.4,
  visitorLineMs: null,
  bytesPerSecond: 3_240,
  fidelity: 'full',
  nowMs: 10_000,
};
const line = (facts: Partial<StateFacts>) => stateLine({ ...live, ...facts });
const ended = (reason: CobrowseEndReason) =>
  line({ session: { phase: 'ended', reason, startedAtMs: 0, endedAtMs: 1 } });

describe('the state line', () => {
  it('is live, with a figure only when there is one', () => {
    expect(line({})).toMatchObject({ tone: 'live', words: 'Live, 84 ms, 3.2 kB/s', isStale: false });
    expect(line({ delayMs: null }).words).toBe('Live');
  });

  it('counts half of the visitor’s own line, and says what comes over ours', () => {
    expect(line({ visitorLineMs: 100, bytesPerSecond: 640 }).words).toBe('Live, 134 ms, 640 B/s');
    expect(line({ bytesPerSecond: 24_300 }).words).toBe('Live, 84 ms, 24 kB/s');
  });

  it.each([
    ['no_pointer', 'Live, simplified, 84 ms, 3.2 kB/s', /pointer is left out/],
    ['no_canvas', 'Live, simplified, 84 ms, 3.2 kB/s', /moving pictures are left out/],
    ['fewer_changes', 'Live, simplified, 84 ms, 3.2 kB/s', /twice a second/],
    ['snapshots', 'Pictures only, 84 ms, 3.2 kB/s', /a new picture comes every few seconds/],
  ] as const)('says what is left out of a busy page: %s', (fidelity, words, detail) => {
    expect(line({ fidelity })).toMatchObject({
      words,
      detail: expect.stringMatching(detail),
      isStale: false,
    });
  });

  it.each<[string, Partial<StateFacts>]>([
    ['Joining', { session: null }],
    [
      'Waiting for the visitor’s answer, 1:30',
      {
        session: {
          phase: 'requested',
          agent: { id: 'a', name: 'A', color: '#000000', avatar: null },
          expiresAtMs: 100_000,
        },
      },
    ],
    ['Starting the viewer', { viewer: 'starting' }],
    ['The viewer cannot be reached', { viewer: 'unreachable' }],
    ['Connecting', { relay: 'connecting' }],
    ['Connection lost, trying again', { relay: 'offline' }],
    [
      'Visitor offline, waiting 1:45',
      { session: { phase: 'waiting', startedAtMs: 0, resumeUntilMs: 115_000 } },
    ],
    ['Visitor offline', { visitorOnline: false }],
    ['Waiting for the visitor’s page', { visitorOnline: false, picture: { state: 'none' } }],
    ['Waiting for the visitor’s page', { picture: { state: 'none' } }],
    ['Catching up', { picture: { state: 'building', tab: 't', epoch: 1, lastBatch: -1, sinceMs: 0 } }],
    ['Catching up', { picture: { state: 'shown', tab: 't', epoch: 1, lastBatch: 3, waitingSinceMs: 8_999 } }],
    [
      'Live, 84 ms, 3.2 kB/s',
      { picture: { state: 'shown', tab: 't', epoch: 1, lastBatch: 3, waitingSinceMs: 9_500 } },
    ],
    ['Catching up', { picture: { state: 'failed', tab: 't', epoch: 1, fault: 'cut_off' } }],
    [
      'This page cannot be shown',
      { hasGivenUp: true, picture: { state: 'failed', tab: 't', epoch: 1, fault: 'too_deep' } },
    ],
    ['Paused by the visitor', { paused: 'visitor', tabHidden: true }],
    ['Paused on this page by the site’s rules', { paused: 'page' }],
    ['Visitor’s tab is hidden', { tabHidden: true }],
  ])('says "%s"', (words, facts) => {
    expect(line(facts).words).toBe(words);
  });

  it('names the nearest cause when several things are wrong', () => {
    const wrong: Partial<StateFacts> = {
      relay: 'offline',
      visitorOnline: false,
      tabHidden: true,
      picture: { state: 'none' },
    };
    expect(line(wrong).words).toBe('Connection lost, trying again');
    expect(line({ ...wrong, viewer: 'unreachable' }).words).toBe('The viewer cannot be reached');
    expect(ended('visitor_stopped').words).toBe('Ended: the visitor stopped sharing');
  });

  it.each<CobrowseEndReason>([
    'declined',
    'visitor_stopped',
    'agent_stopped',
    'request_expired',
    'visitor_gone',
    'withdrawn',
  ])('tells why it is over: %s', (reason) => {
    expect(ended(reason)).toMatchObject({ tone: 'over', remedy: 'leave', isStale: true });
    expect(ended(reason).words).toMatch(/^Ended: .{10}/);
  });

  it('says what to set up when there is no viewer', () => {
    expect(line({ refusal: 'viewer_not_configured' }).detail).toContain('VIEWER_ORIGIN');
    expect(line({ viewer: 'unreachable' }).detail).toContain('https://view.example.com');
  });

  it('has words for every refusal', () => {
    for (const refusal of Object.keys(errorTable) as ErrorCode[]) {
      const said = line({ session: null, refusal });
      expect(said).toMatchObject({ tone: 'problem' });
      expect(said.remedy).not.toBeNull();
    }
  });

  it('has a reason for every fault', () => {
    const faults: StreamFault[] = [
      'cut_off',
      'not_json',
      'malformed_events',
      'replay_failed',
      'too_large',
      'trailing_bytes',
    ];
    for (const fault of faults) {
      expect(
        line({ hasGivenUp: true, picture: { state: 'failed', tab: 't', epoch: 1, fault } }).detail,
      ).toMatch(/\. It is tried again/);
    }
  });
});

describe('a countdown', () => {
  it.each([
    [120_000, '2:00'],
    [104_100, '1:45'],
    [9_000, '0:09'],
    [0, '0:00'],
    [-5_000, '0:00'],
  ])('of %i ms reads %s', (ms, words) => {
    expect(countdown(ms)).toBe(words);
  });
});
