import { type ReadonlySignal, signal } from '@preact/signals';

/** How long an action can be undone. */
export const undoMs = 6_000;

export interface Toast {
  id: number;
  words: string;
  tone: 'plain' | 'danger';
  /** Takes back what the toast tells. */
  undo: (() => void) | null;
  /** The toast is gone, undone or not. */
  onEnd: (() => void) | null;
}

export interface Toasts {
  shown: ReadonlySignal<Toast[]>;
  tell(words: string, options?: { tone?: Toast['tone']; undo?: () => void; onEnd?: () => void }): void;
  dismiss(id: number): void;
  /** Takes back the newest of what can be taken back. False when there is nothing. */
  undoNewest(): boolean;
  /** While held (pointer or focus on it), a toast does not fade. */
  hold(id: number): void;
  release(id: number): void;
  close(): void;
}

/** Short messages that fade after {@link undoMs}; at most three are kept. */
export function createToasts(): Toasts {
  const shown = signal<Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  function hold(id: number) {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }
  function release(id: number) {
    hold(id);
    timers.set(
      id,
      setTimeout(() => dismiss(id), undoMs),
    );
  }
  function dismiss(id: number) {
    hold(id);
    const gone = shown.value.find((toast) => toast.id === id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
    gone?.onEnd?.();
  }

  return {
    shown,
    tell(words, { tone = 'plain', undo, onEnd } = {}) {
      const id = ++lastId;
      for (const old of shown.value.slice(0, -2)) dismiss(old.id);
      shown.value = [...shown.value, { id, words, tone, undo: undo ?? null, onEnd: onEnd ?? null }];
      release(id);
    },
    dismiss,
    undoNewest() {
      const newest = shown.value.filter(({ undo }) => undo !== null).at(-1);
      if (!newest) return false;
      newest.undo?.();
      dismiss(newest.id);
      return true;
    },
    hold,
    release,
    close() {
      for (const toast of shown.value) dismiss(toast.id);
    },
  };
}
