import { describe, expect, it } from 'vitest';
import { groupItems, type MenuItem, rankItems } from '../../../../console/commands/menu-items.ts';

const items: MenuItem[] = [
  { id: 'close', label: 'Close the conversation', group: 'Conversation' },
  { id: 'snooze', label: 'Snooze until tomorrow', group: 'Conversation', words: 'later remind' },
  { id: 'inbox', label: 'Go to inbox', group: 'Go to' },
  { id: 'jose', label: 'José Muñoz', group: 'Conversations', words: 'jose@shop.example' },
  { id: 'li', label: '李雷', group: 'Conversations' },
];
const ids = (text: string, recent: string[] = []) =>
  rankItems(items, text, recent).map(({ item }) => item.id);

describe('the command menu', () => {
  it('shows without a text what was used last, then the rest in its order', () => {
    expect(ids('', ['inbox', 'gone'])).toEqual(['inbox', 'close', 'snooze', 'jose', 'li']);
  });

  it('finds by beginnings of words, in any order, with a slip of a finger', () => {
    expect(ids('clo conv')[0]).toBe('close');
    expect(ids('conversation close')).toContain('close');
    expect(ids('snoze')).toContain('snooze');
    expect(ids('inb')).toEqual(['inbox']);
  });

  it('finds names with and without their accents, and of any script', () => {
    expect(ids('jose')).toContain('jose');
    expect(ids('Muñoz')).toContain('jose');
    expect(ids('李')).toEqual(['li']);
  });

  it('finds by words that are not shown, and marks only what is', () => {
    const [found] = rankItems(items, 'remind', []);
    expect(found?.item.id).toBe('snooze');
    expect(found?.marks).toEqual([]);
    expect(rankItems(items, 'inbox', [])[0]?.marks).toEqual([[6, 11]]);
  });

  it('finds nothing where there is nothing', () => {
    expect(ids('zebra')).toEqual([]);
  });

  it('keeps each title once', () => {
    expect(groupItems(rankItems(items, '', ['inbox', 'snooze'])).map(({ title }) => title)).toEqual([
      'Go to',
      'Conversation',
      'Conversations',
    ]);
  });
});
