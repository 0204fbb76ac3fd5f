import { expect, it } from 'vitest';
import { addTotals, passedAgain, totalLine, totalsOf } from '../../../../scripts/parts/test-totals.mjs';

const file = (status: string, ...statuses: string[]) => ({
  name: 'some.test.ts',
  status,
  assertionResults: statuses.map((each) => ({ status: each, fullName: '', failureMessages: [] })),
});

it('counts each test once, and what was not run as skipped', () => {
  const report = {
    testResults: [file('passed', 'passed', 'pending', 'todo'), file('failed', 'passed', 'failed')],
  };
  expect(totalsOf(report, false)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

it('a file that could not be loaded is a failure', () => {
  const report = { testResults: [file('failed'), file('failed'), file('passed', 'passed')] };
  expect(totalsOf(report, false)).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

it('a crash, with or without a report, is a failure', () => {
  expect(totalsOf(null, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(totalsOf({ testResults: [file('passed', 'passed')] }, false)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

it('the last line is the sum', () => {
  const sum = addTotals([
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 10, failed: 1, skipped: 0 },
  ]);
  expect(totalLine(sum)).toBe('11 passed, 1 failed, 2 skipped');
});

it('names what passed only when it was tried again, and why it failed before', () => {
  const test = (fullName: string, status: string, failureMessages: string[]) => ({
    fullName,
    status,
    failureMessages,
  });
  const report = {
    testResults: [
      {
        ...file('failed'),
        assertionResults: [
          test('quick', 'passed', []),
          test(' late', 'passed', ['Timeout', 'other']),
          test('broken', 'failed', ['Timeout']),
        ],
      },
    ],
  };
  expect(passedAgain(report)).toEqual([{ name: 'late', because: 'Timeout' }]);
});
