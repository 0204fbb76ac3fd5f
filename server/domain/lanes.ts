/** Work by key, one after the other: each starts from what the one before has written. */
export interface Lanes {
  /** Must not be called from within work of the same key. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createLanes(): Lanes {
  /** The end of each key's queue. */
  const ends = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const working = (ends.get(key) ?? Promise.resolve()).then(work);
      const settled = Promise.allSettled([working]).then(() => {
        if (ends.get(key) === settled) ends.delete(key);
      });
      ends.set(key, settled);
      return working;
    },
  };
}
