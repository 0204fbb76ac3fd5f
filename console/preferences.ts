import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { KeptText } from './kept-text.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const maxRecentCommands = 8;

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
  /** A sound when something concerns the agent. */
  sound: ReadonlySignal<boolean>;
  setSound(on: boolean): void;
  /** Notifications of the browser, as far as it allows them. */
  desktopNotices: ReadonlySignal<boolean>;
  setDesktopNotices(on: boolean): void;
  /** Id of the skin of emoji, as the emoji picker names it. */
  emojiSkin: ReadonlySignal<string>;
  setEmojiSkin(skin: string): void;
  /** Ids of what was chosen in the command menu, newest first. */
  recentCommands: ReadonlySignal<readonly string[]>;
  addRecentCommand(id: string): void;
  close(): void;
}

export function createPreferences(kept: KeptText): Preferences {
  const theme = signal<Theme>(themes.find((name) => name === kept.read('theme')) ?? 'system');
  const [letterKeys, setLetterKeys] = keptSwitch(kept, 'letter-keys');
  const siteId = signal(kept.read('site'));
  const [visitorPanel, setVisitorPanel] = keptSwitch(kept, 'visitor-panel');
  const [sound, setSound] = keptSwitch(kept, 'sound');
  const [desktopNotices, setDesktopNotices] = keptSwitch(kept, 'notices');
  const emojiSkin = signal(kept.read('emoji-skin') ?? 'default');
  const recentCommands = signal<readonly string[]>((kept.read('commands') ?? '').split(' ').filter(Boolean));

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
    setLetterKeys,
    siteId,
    setSiteId(next) {
      siteId.value = next;
      kept.write('site', next);
    },
    visitorPanel,
    setVisitorPanel,
    sound,
    setSound,
    desktopNotices,
    setDesktopNotices,
    emojiSkin,
    setEmojiSkin(skin) {
      emojiSkin.value = skin;
      kept.write('emoji-skin', skin);
    },
    recentCommands,
    addRecentCommand(id) {
      const others = recentCommands.value.filter((other) => other !== id);
      recentCommands.value = [id, ...others].slice(0, maxRecentCommands);
      kept.write('commands', recentCommands.value.join(' '));
    },
    close() {
      stop();
      prefersDark.removeEventListener('change', apply);
    },
  };
}

/** Something that is on until it is switched off. */
function keptSwitch(kept: KeptText, name: string): [ReadonlySignal<boolean>, (on: boolean) => void] {
  const state = signal(kept.read(name) !== 'off');
  return [
    state,
    (on) => {
      state.value = on;
      kept.write(name, on ? null : 'off');
    },
  ];
}
