/** Failures that cost nothing; from then on each one doubles the wait. */
const freeFailures = { account: 5, address: 20 };
const firstWaitMs = 1_000;
/** An account's wait stays short enough that an attacker cannot lock its owner out for long. */
const longestWaitMs = { account: 60_000, address: 15 * 60_000 };
/** Failures are forgotten after this long without one. */
const forgetMs = 30 * 60_000;
/** Keys remembered of each kind; the oldest go first. */
const maxKeys = 20_000;

interface Failures {
  count: number;
  lastMs: number;
}

export interface SignInLimiter {
  /** Counts an attempt before it is checked, so that parallel guesses count too. 0, or the ms to wait. */
  attempt(who: { account: string; address: string }, nowMs: number): number;
  /** The attempt was not checked after all. */
  withdraw(who: { account: string; address: string }): void;
  /** The attempt was right. */
  succeed(who: { account: string; address: string }): void;
}

/** Growing waits per account and per address. In memory: a restart forgives. */
export function createSignInLimiter(): SignInLimiter {
  // Apart, so that a flood of addresses does not make us forget who guesses at an account.
  const known = { account: new Map<string, Failures>(), address: new Map<string, Failures>() };

  const waitMs = (kind: 'account' | 'address', key: string, nowMs: number): number => {
    const failures = known[kind].get(key);
    if (!failures || nowMs - failures.lastMs > forgetMs) return 0;
    const over = failures.count - freeFailures[kind];
    if (over < 0) return 0;
    const wait = Math.min(longestWaitMs[kind], firstWaitMs * 2 ** Math.min(over, 30));
    return Math.max(0, failures.lastMs + wait - nowMs);
  };

  const add = (kind: 'account' | 'address', key: string, nowMs: number) => {
    const failures = known[kind].get(key);
    const isFresh = failures && nowMs - failures.lastMs <= forgetMs;
    known[kind].delete(key);
    known[kind].set(key, { count: (isFresh ? failures.count : 0) + 1, lastMs: nowMs });
    for (const oldest of known[kind].keys()) {
      if (known[kind].size <= maxKeys) break;
      known[kind].delete(oldest);
    }
  };

  const takeBack = (kind: 'account' | 'address', key: string) => {
    const failures = known[kind].get(key);
    if (failures && failures.count > 0) failures.count--;
  };

  return {
    attempt({ account, address }, nowMs) {
      const wait = Math.max(waitMs('account', account, nowMs), waitMs('address', address, nowMs));
      if (wait > 0) return wait;
      add('account', account, nowMs);
      add('address', address, nowMs);
      return 0;
    },
    withdraw({ account, address }) {
      takeBack('account', account);
      takeBack('address', address);
    },
    succeed({ account, address }) {
      known.account.delete(account);
      takeBack('address', address);
    },
  };
}
