/** Two soft tones, half a second: made here, so that nothing has to be fetched. */
const tones = [
  { hertz: 660, atS: 0 },
  { hertz: 880, atS: 0.14 },
] as const;
const loudness = 0.12;
const lastsS = 0.35;

export interface Chime {
  play(): void;
  close(): void;
}

/** A sound for notices. A browser that has seen no click yet stays silent. */
export function createChime(newContext: () => AudioContext): Chime {
  let context: AudioContext | null = null;

  function sound(audio: AudioContext) {
    for (const { hertz, atS } of tones) {
      const startS = audio.currentTime + atS;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0, startS);
      volume.gain.linearRampToValueAtTime(loudness, startS + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, startS + lastsS);
      tone.connect(volume).connect(audio.destination);
      tone.start(startS);
      tone.stop(startS + lastsS);
    }
  }
  return {
    play() {
      try {
        context ??= newContext();
        const audio = context;
        if (audio.state === 'running') sound(audio);
        else void audio.resume().then(() => sound(audio));
      } catch {
        // No sound device: the notice is seen all the same.
      }
    },
    close() {
      void context?.close();
      context = null;
    },
  };
}
