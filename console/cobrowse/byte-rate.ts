import { type ReadonlySignal, signal } from '@preact/signals';

/** What arrives in a second, over the last few of them. */
export interface ByteRate {
  bytesPerSecond: ReadonlySignal<number>;
  add(bytes: number): void;
  close(): void;
}

const updateEveryMs = 1_000;
/** A single large batch must not look like a steady stream, and a silence has to show soon. */
const overSeconds = 5;

export function createByteRate(): ByteRate {
  const bytesPerSecond = signal(0);
  let seconds: number[] = [];
  let now = 0;
  const timer = setInterval(() => {
    seconds = [...seconds, now].slice(-overSeconds);
    now = 0;
    bytesPerSecond.value = seconds.reduce((sum, bytes) => sum + bytes, 0) / seconds.length;
  }, updateEveryMs);
  return {
    bytesPerSecond,
    add(bytes) {
      now += bytes;
    },
    close: () => clearInterval(timer),
  };
}
