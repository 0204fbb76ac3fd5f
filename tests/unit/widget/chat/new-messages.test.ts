import { expect, it } from 'vitest';
import { nextNewFrom } from '../../../../widget/chat/new-messages.ts';

const away = { isLooking: false, readHereSeq: 0 };
const looking = { isLooking: true, readHereSeq: 0 };

it('new messages begin with the first that was unread when nobody looked', () => {
  expect(nextNewFrom(null, { unreadByVisitor: [4, 6] }, away)).toBe(4);
  expect(nextNewFrom(null, { unreadByVisitor: [4, 6] }, { ...away, readHereSeq: 4 })).toBe(6);
  expect(nextNewFrom(null, { unreadByVisitor: [] }, away)).toBeNull();
  expect(nextNewFrom(null, undefined, away)).toBeNull();
});

it('what comes before the reader’s eyes is not new', () => {
  expect(nextNewFrom(null, { unreadByVisitor: [4] }, looking)).toBeNull();
});

it('where they begin stays when they are read', () => {
  expect(nextNewFrom(4, { unreadByVisitor: [] }, looking)).toBe(4);
  expect(nextNewFrom(4, { unreadByVisitor: [8] }, away)).toBe(4);
});
