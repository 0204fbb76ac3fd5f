import { expect, it } from 'vitest';
import { languageWords, localTimeWords } from '../../../console/visitor-words.ts';

it('shows what a browser made up as it is', () => {
  expect(languageWords('de-CH', 'en-GB')).toBe('Swiss High German');
  expect(languageWords('not a tag', 'en-GB')).toBe('not a tag');
  expect(localTimeWords('Asia/Tokyo', 0, 'en-GB')).toBe('Thu 09:00');
  expect(localTimeWords('Mars/Base', 0, 'en-GB')).toBe('');
  expect(localTimeWords('', 0, 'en-GB')).toBe('');
});
