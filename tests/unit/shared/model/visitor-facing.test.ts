import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEntry, newConversation } from '../../../../shared/model/conversation.ts';
import { visitorFacingEntry, visitorFacingState } from '../../../../shared/model/visitor-facing.ts';
import { conversationId, logArbitrary, secret, visitorId } from './entries-arbitrary.ts';

const empty = newConversation({ id: conversationId, siteId: 'sit_a', visitorId, createdAtMs: 1 });

it("a visitor's copy, advanced by what the visitor gets, equals what the visitor fetches", () => {
  fc.assert(
    fc.property(logArbitrary, (log) => {
      let state = empty;
      let copy = visitorFacingState(empty);
      for (const entry of log) {
        state = applyEntry(state, entry);
        copy = applyEntry(copy, visitorFacingEntry(entry));
        expect(copy).toEqual(visitorFacingState(state));
      }
    }),
    { numRuns: 500 },
  );
});

it('nothing that is for agents only is in it', () => {
  fc.assert(
    fc.property(logArbitrary, (log) => {
      const state = log.reduce(applyEntry, empty);
      const told = JSON.stringify([visitorFacingState(state), log.map(visitorFacingEntry)]);
      expect(told).not.toContain(secret);
      expect(told).not.toContain('"mentions":["');
      expect(told).not.toContain('8888888888888');
    }),
    { numRuns: 500 },
  );
});

it('every number of the log stays', () => {
  fc.assert(
    fc.property(logArbitrary, (log) => {
      expect(log.map(visitorFacingEntry).map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
    }),
  );
});
