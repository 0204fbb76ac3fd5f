import { describe, expect, it } from 'vitest';
import { createTabs } from '../../../../console/notifications/tabs.ts';

type Waiting = { name: string; mode: string; start(): void };

/** Web Locks as browsers keep them over tabs. */
function browserLocks() {
  let held: Array<{ name: string; mode: string; fail(): void }> = [];
  let waiting: Waiting[] = [];
  const grant = () => {
    for (const one of [...waiting]) {
      const others = held.filter(({ name }) => name === one.name);
      if (others.length > 0 && (one.mode === 'exclusive' || others.some(({ mode }) => mode === 'exclusive')))
        continue;
      waiting = waiting.filter((other) => other !== one);
      one.start();
    }
  };
  return {
    request(name: string, options: LockOptions, work: () => unknown) {
      return new Promise((resolve, reject) => {
        const mode = options.mode ?? 'exclusive';
        const start = () => {
          const own = { name, mode, fail: () => reject(new Error('stolen')) };
          held.push(own);
          void Promise.resolve(work()).then((result) => {
            held = held.filter((other) => other !== own);
            resolve(result);
            grant();
          });
        };
        if (options.steal) {
          const [robbed] = held.filter((other) => other.name === name);
          held = held.filter((other) => other !== robbed);
          start();
          robbed?.fail();
        } else {
          waiting.push({ name, mode, start });
          queueMicrotask(grant);
        }
      });
    },
    query: async () => ({ held: held.map(({ name }) => ({ name })) }),
  } as unknown as LockManager;
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('tabs of one agent', () => {
  it('one speaks: the one that had the focus last, and another when that is closed', async () => {
    const locks = browserLocks();
    const [one, two] = [createTabs({ locks, agentId: 'agt_1' }), createTabs({ locks, agentId: 'agt_1' })];
    await settled();
    expect([one.leads(), two.leads()]).toEqual([true, false]);
    two.takeLead();
    await settled();
    expect([one.leads(), two.leads()]).toEqual([false, true]);
    two.close();
    await settled();
    expect(one.leads()).toBe(true);
    one.close();
  });

  it('the one with the focus speaks from its start on, however often it gets it', async () => {
    const locks = browserLocks();
    const one = createTabs({ locks, agentId: 'agt_1' });
    one.takeLead();
    await settled();
    const two = createTabs({ locks, agentId: 'agt_1' });
    for (const tab of [one, two, one, two, one]) {
      tab.takeLead();
      tab.takeLead();
      await settled();
      expect([one.leads(), two.leads()]).toEqual([tab === one, tab === two]);
    }
    one.close();
    await settled();
    expect(two.leads()).toBe(true);
    two.close();
  });

  it('each knows what is looked at in any of them', async () => {
    const locks = browserLocks();
    const [one, two] = [createTabs({ locks, agentId: 'agt_1' }), createTabs({ locks, agentId: 'agt_1' })];
    two.attendTo('cnv_1');
    await settled();
    expect(await one.isAttended('cnv_1')).toBe(true);
    expect(await one.isAttended('cnv_2')).toBe(false);
    two.attendTo(null);
    await settled();
    expect(await one.isAttended('cnv_1')).toBe(false);
    one.close();
    two.close();
  });

  it('speaks for itself where the browser has no locks', async () => {
    const tabs = createTabs({ locks: null, agentId: 'agt_1' });
    expect(tabs.leads()).toBe(true);
    tabs.attendTo('cnv_1');
    expect(await tabs.isAttended('cnv_1')).toBe(true);
    tabs.close();
  });
});
