/** What the script tag itself can say. Everything else is set in Rapport's console. */
export interface WidgetOptions {
  /** `data-z-index`: layer of launcher and panel; raise or lower it when the page has layers of its own. */
  zIndex: number;
  /** `data-launcher="hidden"`: the page opens the panel with a button of its own. */
  launcher: 'shown' | 'hidden';
  /** `data-title-badge="off"`: a hidden tab's title does not tell the number of unread messages. */
  titleBadge: boolean;
}

/** The layer is above anything a page is likely to use and leaves room below the highest one a browser knows. */
export const defaultOptions: WidgetOptions = { zIndex: 2_147_483_000, launcher: 'shown', titleBadge: true };

/** A value that makes no sense counts as not given. */
export function resolveOptions(dataset: {
  zIndex?: string;
  launcher?: string;
  titleBadge?: string;
}): WidgetOptions {
  const zIndex = Number.parseInt(dataset.zIndex ?? '', 10);
  return {
    zIndex: Number.isSafeInteger(zIndex) ? zIndex : defaultOptions.zIndex,
    launcher: dataset.launcher === 'hidden' ? 'hidden' : defaultOptions.launcher,
    titleBadge: dataset.titleBadge !== 'off',
  };
}
