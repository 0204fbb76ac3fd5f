/** How long a button must have been in sight before a press of it counts: what has just come up was not aimed at. */
const inSightMs = 500;
/** The browser looks again for what covers the button at most this often; 100 is the least that it takes. */
const lookEveryMs = 100;
/** Longer than a page's own menu takes to go away. */
const coveredAfterMs = 1_000;

/** `clear`: a press counts. `covered`: something lies over the button, or has changed its looks, for a while. */
export type Cover = 'unknown' | 'clear' | 'covered';

/**
 * Watches whether a person can see this button. Where the browser can tell (IntersectionObserver with
 * `trackVisibility`), also what is transparent, moved or lies over it without taking clicks counts; elsewhere the
 * middle and the corners of the button are asked for what a click would hit.
 */
export function watchCover(button: HTMLElement, onChange: (cover: Cover) => void): () => void {
  let told: Cover = 'unknown';
  let isVisible = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(next: Cover): void {
    if (next === told) return;
    told = next;
    onChange(next);
  }

  function see(next: boolean): void {
    if (timer !== undefined && next === isVisible) return;
    isVisible = next;
    clearTimeout(timer);
    // At once what is worse: between this and the next look a press must not count.
    if (!next && told === 'clear') tell('unknown');
    timer = setTimeout(() => tell(isVisible ? 'clear' : 'covered'), next ? inSightMs : coveredAfterMs);
  }

  const observer = new IntersectionObserver(
    (entries) => {
      const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
      if (last && tracks) see(last.isVisible === true);
    },
    // Known to Chromium only.
    { threshold: [0, 1], trackVisibility: true, delay: lookEveryMs } as IntersectionObserverInit,
  );
  const tracks = 'trackVisibility' in observer && observer.trackVisibility === true;
  const polling = tracks ? undefined : setInterval(() => see(isHit(button)), lookEveryMs);
  observer.observe(button);

  return () => {
    observer.disconnect();
    clearInterval(polling);
    clearTimeout(timer);
  };
}

/** Whether clicks on its middle and near its corners reach this element. */
export function isHit(element: HTMLElement): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const root = element.getRootNode() as Document | ShadowRoot;
  const places = [
    [0.5, 0.5],
    [0.1, 0.2],
    [0.9, 0.2],
    [0.1, 0.8],
    [0.9, 0.8],
  ] as const;
  return (
    width > 0 &&
    places.every(([x, y]) => {
      const found = root.elementFromPoint(left + width * x, top + height * y);
      return found !== null && element.contains(found);
    })
  );
}
