import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { KeptText } from './kept-text.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What an agent has chosen for this browser. */
export interface Preferences {
  theme: ReadonlySignal<Theme>;
  setTheme(theme: Theme): void;
  /** Single letters as commands; some assistive software needs them off. */
  letterKeys: ReadonlySignal<boolean>;
  setLetterKeys(on: boolean): void;
  siteId: ReadonlySignal<string | null>;
  setSiteId(siteId: string): void;
  visitorPanel: ReadonlySignal<boolean>;
  setVisitorPanel(shown: boolean): void;
  close(): void;
}

export function createPreferences(kept: KeptText): Preferences {
  const theme = signal<Theme>(themes.find((name) => name === kept.read('theme')) ?? 'system');
  const letterKeys = signal(kept.read('letter-keys') !== 'off');
  const siteId = signal(kept.read('site'));
  const visitorPanel = signal(kept.read('visitor-panel') !== 'off');

  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const dark = theme.value === 'dark' || (theme.value === 'system' && prefersDark.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  const stop = effect(apply);
  prefersDark.addEventListener('change', apply);

  return {
    theme,
    setTheme(next) {
      theme.value = next;
      kept.write('theme', next);
    },
    letterKeys,
    setLetterKeys(on) {
      letterKeys.value = on;
      kept.write('letter-keys', on ? null : 'off');
    },
    siteId,
    setSiteId(next) {
      siteId.value = next;
      kept.write('site', next);
    },
    visitorPanel,
    setVisitorPanel(shown) {
      visitorPanel.value = shown;
      kept.write('visitor-panel', shown ? null : 'off');
    },
    close() {
      stop();
      prefersDark.removeEventListener('change', apply);
    },
  };
}
