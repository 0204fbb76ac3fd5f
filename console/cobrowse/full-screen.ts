import { useEffect, useState } from 'preact/hooks';

export interface FullScreen {
  /** Phones of some makers let only videos fill the screen. */
  isPossible: boolean;
  isOn: boolean;
  toggle(): void;
}

/**
 * The document fills the screen, not the view alone: dialogs, toasts and menus stand beside the view in it and must be
 * seen. The view covers the rest while it is on. Left with the view.
 */
export function useFullScreen(): FullScreen {
  const [isOn, setOn] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const changed = () => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  return {
    isPossible: document.fullscreenEnabled,
    isOn,
    toggle() {
      /** Refused without a gesture of the agent's: then everything stays as it is, and the button says so. */
      const change = document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen({ navigationUI: 'hide' });
      change.catch(() => setOn(document.fullscreenElement !== null));
    },
  };
}
