import { describe, expect, it } from 'vitest';
import {
  cannedFaults,
  labelFaults,
  shortcutFromText,
  teamFaults,
} from '../../../../console/settings/item-faults.ts';
import type { CannedReply, Workspace } from '../../../../shared/model/workspace.ts';

const workspace: Workspace = {
  labels: [{ kind: 'label', id: 'lbl_1', name: 'Refund', color: '#cf4a43' }],
  teams: [{ kind: 'team', id: 'tea_1', name: 'Returns', agentIds: ['agt_1'] }],
  canned: [{ kind: 'canned', id: 'can_1', shortcut: 'thanks', text: 'Thank you!' }],
  macros: [],
};
const label = (name: string, id = 'lbl_2') => ({ kind: 'label' as const, id, name, color: '#cf4a43' });
const reply = (part: Partial<CannedReply>): CannedReply => ({
  kind: 'canned',
  id: 'can_2',
  shortcut: 'hello',
  text: 'Hello!',
  ...part,
});

it('a name is there, fits, and is the only one of its kind', () => {
  expect(labelFaults(label(' '), workspace)).toEqual({ name: 'Enter a name.' });
  expect(labelFaults(label(' REFUND '), workspace)).toEqual({ name: '“Refund” exists already.' });
  expect(labelFaults(label('x'.repeat(41)), workspace).name).toMatch(/at most 40/);
  expect(labelFaults(label('Refund', 'lbl_1'), workspace)).toEqual({});
});

it('a team has somebody in it', () => {
  const team = { kind: 'team' as const, id: 'tea_2', name: 'Sales', agentIds: [] };
  expect(teamFaults(team, workspace)).toEqual({ agentIds: 'Choose at least one person.' });
});

describe('a canned reply', () => {
  it('has a shortcut that can be typed after a slash', () => {
    expect(shortcutFromText(' /Refund-Sent ')).toBe('refund-sent');
    const told = (shortcut: string) => cannedFaults(reply({ shortcut }), workspace).shortcut;
    expect(told('')).toBe('Enter what is typed after /.');
    expect(told('two words')).toMatch(/^Without spaces/);
    expect(told('50%')).toBe('Only letters, figures, - and _.');
    expect(told('Thanks')).toBe('/thanks exists already.');
    expect(told('größe_2')).toBeUndefined();
  });

  it('has a text whose variables exist', () => {
    expect(cannedFaults(reply({ text: ' ' }), workspace)).toEqual({ text: 'Write the text.' });
    expect(cannedFaults(reply({ text: '{{agent.nmae}}' }), workspace).text).toMatch(/Do you mean agent.name/);
    expect(cannedFaults(reply({}), workspace)).toEqual({});
  });
});
