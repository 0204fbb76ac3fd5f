export interface Visibility {
  isVisible(): boolean;
  onChange(listener: () => void): () => void;
  /** The page goes into or comes back from the back/forward cache, where no connection may be held. */
  onFrozen(listener: (frozen: boolean) => void): () => void;
}

export function createVisibility(): Visibility {
  return {
    isVisible: () => document.visibilityState === 'visible',
    onChange(listener) {
      document.addEventListener('visibilitychange', listener);
      return () => document.removeEventListener('visibilitychange', listener);
    },
    onFrozen(listener) {
      const hide = () => listener(true);
      const show = (event: PageTransitionEvent) => {
        if (event.persisted) listener(false);
      };
      addEventListener('pagehide', hide);
      addEventListener('pageshow', show);
      return () => {
        removeEventListener('pagehide', hide);
        removeEventListener('pageshow', show);
      };
    },
  };
}
