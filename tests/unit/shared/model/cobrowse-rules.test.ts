import { expect, it } from 'vitest';
import { cobrowseRuleAt } from '../../../../shared/model/cobrowse-rules.ts';
import type { CobrowseRule } from '../../../../shared/model/site.ts';

const rules: CobrowseRule[] = [
  { path: '/account*', action: 'pause' },
  { path: '/account/medical/*', action: 'never' },
  { path: '*/payslip', action: 'never' },
];

it.each([
  ['/', null],
  ['/accounts-of-travel', 'pause'],
  ['/account', 'pause'],
  ['/account/medical/2024', 'never'],
  ['/staff/ada/payslip', 'never'],
  ['/staff/ada/payslip/', null],
])('at %s the stricter of all rules that match says %s', (path, action) => {
  expect(cobrowseRuleAt(rules, path)).toBe(action);
  expect(cobrowseRuleAt([...rules].reverse(), path)).toBe(action);
});
