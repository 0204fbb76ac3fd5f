import { expect, it } from 'vitest';
import { whoAnswers } from '../../../../widget/shell/who-answers.ts';

const agent = (name: string) => ({ id: `agt_${name}`, name, color: '#0072b2', avatar: null });
const site = 'Oak & Wool';
const nobody = { site, agents: [], assignee: null, hours: null, usualReplyMs: null };

it('says nothing about presence before the server has', () => {
  expect(whoAnswers({ ...nobody, agents: null })).toMatchObject({
    title: site,
    presence: 'unknown',
    subtitle: '',
  });
});

it('names the agent in charge who is there', () => {
  const assignee = { id: 'agt_Ada', name: 'Ada' };
  const facts = { ...nobody, agents: [agent('Ben'), agent('Ada')], assignee };
  expect(whoAnswers(facts)).toMatchObject({ title: 'Ada', presence: 'online', faces: [agent('Ada')] });
});

it('names who is there when the agent in charge is not', () => {
  const facts = { ...nobody, agents: [agent('Ben')], assignee: { id: 'agt_Ada', name: 'Ada' } };
  expect(whoAnswers(facts)).toMatchObject({ title: site, subtitle: 'Ben is here' });
});

it('shows three faces of many', () => {
  const agents = ['Ada', 'Ben', 'Cleo', 'Dan'].map(agent);
  const who = whoAnswers({ ...nobody, agents });
  expect(who.faces).toHaveLength(3);
  expect(who.subtitle).toBe('Ada, Ben and 2 more are here');
});

it('says that nobody is there', () => {
  expect(whoAnswers(nobody)).toMatchObject({
    subtitle: 'Away',
    presence: 'away',
  });
});

it('says when somebody will be there, where the site keeps hours', () => {
  const hours = { isOpen: false, words: 'We are back tomorrow at 09:00' };
  expect(whoAnswers({ ...nobody, hours, usualReplyMs: 60_000 })).toMatchObject({
    subtitle: 'We are back tomorrow at 09:00',
    presence: 'away',
    promise: '',
  });
  expect(whoAnswers({ ...nobody, agents: [agent('Ada')], hours })).toMatchObject({ presence: 'online' });
});

it.each([
  [3, 'Usually replies in a few minutes'],
  [45, 'Usually replies in about an hour'],
  [600, 'Usually replies within a day'],
  [3_000, 'Usually replies within a few days'],
])('promises what is usual: %i minutes', (minutes, words) => {
  const who = whoAnswers({ ...nobody, agents: [agent('Ada')], usualReplyMs: minutes * 60_000 });
  expect(who.promise).toBe(words);
});
