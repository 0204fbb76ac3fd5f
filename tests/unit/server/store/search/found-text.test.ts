import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundExcerpt, foundText } from '../../../../../server/store/search/found-text.ts';
import { searchedWords } from '../../../../../server/store/search/words.ts';

const marked = (text: string, sought: string) =>
  foundText(text, searchedWords(sought)).marks.map(([from, to]) => text.slice(from, to));

describe('what is marked in a text', () => {
  it('are whole words, and the beginnings of the last one', () => {
    expect(marked('Oak, oaks and an OAK table', 'oak')).toEqual(['Oak', 'oak', 'OAK']);
    expect(marked('Oak, oaks and an OAK table', 'oak tab')).toEqual(['Oak', 'OAK', 'tab']);
  });

  it('stands at the right place behind letters that are longer or shorter when folded', () => {
    expect(marked('ﬁﬁ 👩‍👩‍👧 ½ İstanbul ßß Straße', 'strasse')).toEqual(['Straße']);
    expect(marked('a\u0301\u0323b cde', 'cde')).toEqual(['cde']);
    expect(marked('Straße', 'stras')).toEqual(['Straß']);
  });

  it('are all places in a script without spaces', () => {
    expect(marked('東京と東京都', '東京')).toEqual(['東京', '東京']);
    expect(marked('ははは', 'はは')).toEqual(['ははは']);
  });

  it('lies in the text, in order, none over another, whatever the text', () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'grapheme', maxLength: 8 }), (text, sought) => {
        for (const found of [foundText, foundExcerpt]) {
          const { text: shown, marks } = found(text + sought, searchedWords(sought));
          let end = -1;
          for (const [from, to] of marks) {
            expect(from).toBeGreaterThan(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(shown.length);
        }
      }),
    );
  });
});

describe('an excerpt', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(12);

  it('is the whole of a short text, on one line', () => {
    expect(foundExcerpt('One\r\ntwo', searchedWords('two'))).toEqual({ text: 'One  two', marks: [[5, 8]] });
  });

  it('begins a little before the first hit and ends between words', () => {
    const { text, marks } = foundExcerpt(`${filler}needle ${filler}`, searchedWords('needle'));

    expect(text).toMatch(/^…\w+ .*needle.* \w+…$/);
    expect(text.length).toBeLessThanOrEqual(162);
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['needle']);
    expect(marks[0]?.[0]).toBeLessThan(45);
  });

  it('begins at the beginning when nothing is hit, and never cuts an emoji', () => {
    const { text } = foundExcerpt('😀'.repeat(200), searchedWords('needle'));

    expect(text).toMatch(/^(😀)+…$/u);
  });
});
