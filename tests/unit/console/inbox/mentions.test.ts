import { expect, it } from 'vitest';
import { mentionedIn, mentionParts } from '../../../../console/inbox/mentions.ts';

const agents = [
  { id: 'agt_mira', name: 'Mira' },
  { id: 'agt_adler', name: 'Mira Adler' },
  { id: 'agt_li', name: '李雷' },
];

it('finds who is mentioned, the longest name first and whatever the capitals', () => {
  expect(mentionedIn('@Mira Adler and @mira, please', agents)).toEqual(['agt_adler', 'agt_mira']);
  expect(mentionedIn('(@李雷) @Mira @Mira', agents)).toEqual(['agt_li', 'agt_mira']);
});

it('an e-mail address and half a word mention nobody', () => {
  expect(mentionedIn('write to ada@mira.example or @Miracle', agents)).toEqual([]);
});

it('keeps every sign of the text', () => {
  const text = 'See @Mira Adler: a@mira @nobody @';
  expect(
    mentionParts(text, agents)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
  expect(mentionParts('@Mira!', agents)).toEqual([{ text: '@Mira', agent: agents[0] }, { text: '!' }]);
});
