import { expect, it } from 'vitest';
import { type Attention, createAttention } from '../../../../widget/attention/attention.ts';
import { createFakeClock } from '../fake-clock.ts';

/** Tabs of one browser that hear each other at once. */
function createTabs(count: number, options: { muted?: boolean; canPlay?: (tab: number) => boolean } = {}) {
  const clock = createFakeClock();
  const sounds: number[] = [];
  const tabs: Attention[] = [];
  for (let tab = 0; tab < count; tab += 1) {
    tabs.push(
      createAttention({
        clock,
        random: () => tab / count,
        isMuted: () => options.muted ?? false,
        canPlay: () => options.canPlay?.(tab) ?? true,
        play: async () => void sounds.push(tab),
        tell: (message) => {
          for (const other of tabs) if (other !== tabs[tab]) other.onSounded(message);
        },
        showCount() {},
        report() {},
      }),
    );
  }
  const hear = (message: string, seenIn: number | null = null) => {
    tabs.forEach((tab, index) => {
      // The tab that has it on screen only tells the others.
      if (index !== seenIn) tab.onMessage(message);
      else for (const other of tabs) if (other !== tab) other.onSounded(message);
    });
  };
  return { clock, sounds, hear };
}

it('makes one sound over all tabs', async () => {
  const { clock, sounds, hear } = createTabs(5);
  hear('cnv_1 7');
  await clock.turn(1_000);
  expect(sounds).toEqual([0]);
});

it('makes none when one of the tabs has the message on screen', async () => {
  const { clock, sounds, hear } = createTabs(3);
  hear('cnv_1 7', 2);
  await clock.turn(1_000);
  expect(sounds).toEqual([]);
});

it('leaves it to a tab in which the person has been', async () => {
  const { clock, sounds, hear } = createTabs(3, { canPlay: (tab) => tab === 2 });
  hear('cnv_1 7');
  await clock.turn(1_000);
  expect(sounds).toEqual([2]);
});

it('is silent when muted', async () => {
  const { clock, sounds, hear } = createTabs(1, { muted: true });
  hear('cnv_1 7');
  await clock.turn(1_000);
  expect(sounds).toEqual([]);
});

it('sounds once for messages that come together', async () => {
  const { clock, sounds, hear } = createTabs(1);
  for (let seq = 1; seq <= 9; seq += 1) hear(`cnv_1 ${seq}`);
  await clock.turn(1_000);
  expect(sounds).toHaveLength(1);
  await clock.turn(5_000);
  hear('cnv_1 10');
  await clock.turn(1_000);
  expect(sounds).toHaveLength(2);
});
