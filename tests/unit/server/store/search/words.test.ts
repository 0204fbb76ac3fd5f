import { describe, expect, it } from 'vitest';
import { indexedWords, searchedWords, wordsSought } from '../../../../../server/store/search/words.ts';

const sought = (text: string) => wordsSought(searchedWords(text));

describe('the words of a text', () => {
  it('are what stands between spaces and signs, folded, each once', () => {
    expect(indexedWords("Don't send 2 Tables, tables & CHAIRS to anna@shop.example")).toEqual(
      'don t send 2 tables chairs to anna shop example'.split(' '),
    );
    expect(indexedWords('Größe ﬁne ＡＢＣ Ørsted Łódź Ψυχής')).toEqual(
      'grosse fine abc orsted lodz ψυχησ'.split(' '),
    );
    expect(indexedWords(' \u0000 … 😀 -- ')).toEqual([]);
  });

  it('of a script without spaces are its letters and pairs', () => {
    expect(indexedWords('日本語OK')).toEqual(['日', '本', '語', '日本', '本語', 'ok']);
  });

  it('are the same in whatever form the letters came', () => {
    for (const text of ['Café Ångström', '한국어', 'がぎぐ', 'Việt Nam', 'हिन्दी', 'שָׁלוֹם']) {
      expect(indexedWords(text.normalize('NFD'))).toEqual(indexedWords(text.normalize('NFC')));
    }
  });

  it('keep the marks that make another word', () => {
    expect(indexedWords('हिन्दी')).not.toEqual(indexedWords('हन्द'));
    expect(indexedWords('が')).not.toEqual(indexedWords('か'));
  });

  it('are cut where nobody would search by more', () => {
    expect(indexedWords('x'.repeat(5_000))).toEqual(['x'.repeat(60)]);
    expect(sought('x'.repeat(200))).toEqual([{ word: 'x'.repeat(60), isBeginning: true }]);
  });
});

describe('the words that are sought', () => {
  it('are whole but for the last', () => {
    expect(sought('Oak ta')).toEqual([
      { word: 'oak', isBeginning: false },
      { word: 'ta', isBeginning: true },
    ]);
  });

  it('are the pairs of a script without spaces', () => {
    expect(sought('日本語').map(({ word }) => word)).toEqual(['日本', '本語']);
    expect(sought('日')).toEqual([{ word: '日', isBeginning: false }]);
  });

  it('are none where there is nothing but signs', () => {
    expect(sought('"*" -- ()')).toEqual([]);
  });
});
