import { expect, it } from 'vitest';
import { whoAnswers } from '../../../../widget/shell/who-answers.ts';

const agent = (name: string) => ({ id: `agt_${name}`, name, color: '#0072b2' });
const site = 'Oak & Wool';

it('says nothing about presence before the server has', () => {
  expect(whoAnswers({ site, agents: null, assignee: null })).toMatchObject({
    title: site,
    presence: 'unknown',
    subtitle: '',
  });
});

it('names the agent in charge who is there', () => {
  const facts = { site, agents: [agent('Ben'), agent('Ada')], assignee: { id: 'agt_Ada', name: 'Ada' } };
  expect(whoAnswers(facts)).toMatchObject({ title: 'Ada', presence: 'online', faces: [agent('Ada')] });
});

it('names who is there when the agent in charge is not', () => {
  const facts = { site, agents: [agent('Ben')], assignee: { id: 'agt_Ada', name: 'Ada' } };
  expect(whoAnswers(facts)).toMatchObject({ title: site, subtitle: 'Ben is here' });
});

it('shows three faces of many', () => {
  const agents = ['Ada', 'Ben', 'Cleo', 'Dan'].map(agent);
  const who = whoAnswers({ site, agents, assignee: null });
  expect(who.faces).toHaveLength(3);
  expect(who.subtitle).toBe('Ada, Ben and 2 more are here');
});

it('says that nobody is there', () => {
  expect(whoAnswers({ site, agents: [], assignee: null })).toMatchObject({
    subtitle: 'Away',
    presence: 'away',
  });
});
