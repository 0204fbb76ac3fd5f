/**
 * Two short notes, made by the browser itself: no file, no request. Silent where the person has not touched the page yet
 * (browsers forbid sound then) and where there is no sound at all.
 */
export async function playChime(): Promise<void> {
  const Context = globalThis.AudioContext;
  if (!Context || !hasGesture()) return;
  const context = new Context();
  try {
    await context.resume();
    const startS = context.currentTime + 0.02;
    for (const [index, hertz] of [659.25, 880].entries()) {
      const note = context.createOscillator();
      const volume = context.createGain();
      const fromS = startS + index * 0.13;
      note.frequency.value = hertz;
      // Faded in and out: a note that is cut off clicks.
      volume.gain.setValueAtTime(0, fromS);
      volume.gain.linearRampToValueAtTime(0.12, fromS + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, fromS + 0.32);
      note.connect(volume).connect(context.destination);
      note.start(fromS);
      note.stop(fromS + 0.34);
      if (index === 1) await new Promise((resolve) => note.addEventListener('ended', resolve));
    }
  } finally {
    await context.close();
  }
}

/** Whether the person has clicked or typed in this page; browsers that do not tell are asked by trying. */
export function hasGesture(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}
