/** The visitor's own hands come first: while they act, an agent's wait. */

/** Hands are still after this: longer than between two keys of a slow typist's word. */
const restsMs = 700;
/** Two presses of Escape within this are one sign. */
const twiceMs = 1_000;

export interface VisitorTurn {
  /** The visitor is at it. */
  isActing(): boolean;
  close(): void;
}

export interface VisitorTurnParts {
  /** Our own layer: answering there is not acting on the page. */
  isOwn(target: EventTarget | null): boolean;
  /** Escape, twice. */
  onTwice(): void;
  /** The visitor pressed somewhere or moved on by keyboard: the agent's place is void. */
  onMoved(): void;
  /** The visitor's hands rest again. */
  onRest(): void;
}

export function createVisitorTurn(parts: VisitorTurnParts): VisitorTurn {
  let actedAtMs = Number.NEGATIVE_INFINITY;
  let escapedAtMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listening = new AbortController();

  function acted(event: Event): void {
    if (!event.isTrusted) return;
    if (event.type === 'keydown') {
      const { key, repeat } = event as KeyboardEvent;
      if (repeat) return;
      const isTwice = key === 'Escape' && event.timeStamp - escapedAtMs < twiceMs;
      escapedAtMs = key === 'Escape' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (isTwice) parts.onTwice();
      if (/^(?:Escape|Shift|Control|Alt|Meta)$/.test(key)) return;
      if (key === 'Tab') parts.onMoved();
    }
    if (parts.isOwn(event.target)) return;
    if (event.type === 'pointerdown') parts.onMoved();
    actedAtMs = performance.now();
    clearTimeout(timer);
    timer = setTimeout(parts.onRest, restsMs);
  }

  for (const name of ['keydown', 'pointerdown', 'wheel', 'touchmove'] as const) {
    addEventListener(name, acted, { signal: listening.signal, capture: true, passive: true });
  }
  return {
    isActing: () => performance.now() - actedAtMs < restsMs,
    close() {
      listening.abort();
      clearTimeout(timer);
    },
  };
}
