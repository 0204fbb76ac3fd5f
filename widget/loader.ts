import type { SiteConfig } from '../shared/model/site.ts';
import type { EarlyCall, Handover, Start } from './handover.ts';
import { resolveOptions } from './options.ts';
import { drawLauncher, type Launcher } from './shell/launcher.ts';

/**
 * The script a site embeds. It draws the launcher and nothing else: no cookie, no storage entry, no connection and no
 * request but for the site's configuration until the visitor acts. Whatever goes wrong, the page does not notice.
 */

/** Files of the widget's main part relative to Rapport's origin, entry first. */
declare const __WIDGET_PARTS__: readonly string[];
declare const __WIDGET_VERSION__: string;

/** Calls that the visitor waits for, and those that may take the browser's next idle moment. */
const urgent = ['open', 'toggle', 'cobrowse', 'popout'];
const patient = ['identify', 'set', 'track'];

interface PageApi {
  (...args: unknown[]): unknown;
  /** Calls made before this script ran, by the stub that `docs/embed.md` gives. */
  q?: ArrayLike<unknown>[];
  /** The site this page already shows: a second tag changes nothing. */
  site?: string;
  version?: string;
}

const page = window as unknown as { rapport?: PageApi };

const failedText = 'The chat could not be loaded. Please press again.';

function warn(text: string, error?: unknown) {
  console.warn(`Rapport: ${text}`, ...(error === undefined ? [] : [error]));
}

function inIdleTime(work: () => void) {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 3_000 });
  else setTimeout(work, 1_000);
}

function begin() {
  const tag =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[data-site][src*="/widget.js"]');
  const siteKey = tag?.dataset.site;
  if (!tag?.src || !siteKey) return warn('the script tag needs src and data-site, see docs/embed.md.');
  if (page.rapport?.site) {
    if (page.rapport.site !== siteKey) warn(`this page already shows ${page.rapport.site}.`);
    return;
  }

  const { origin } = new URL(tag.src);
  const options = resolveOptions(tag.dataset);
  const calls: EarlyCall[] = [];
  let hidden = options.launcher === 'hidden';
  let drawn: Omit<Handover, 'hidden' | 'calls' | 'take'> | undefined;
  let isLoading = false;
  /** Somebody waits for the panel and sees that it is loading. */
  let awaited = false;
  let tries = 0;
  let run: ((args: readonly unknown[]) => unknown) | undefined;
  /** The pointer went down on the launcher before the parts were there. */
  let isEarlyPress = false;
  let tellReady = () => {};
  const ready = new Promise<void>((resolve) => (tellReady = resolve));

  const api: PageApi = (...args) => {
    const [name, event, listener] = args;
    const call: EarlyCall = { args, cancelled: false };
    if (/^on(ce)?$/.test(name as string) && event === 'ready' && typeof listener === 'function') {
      // Before the parts are there, and for those who come too late for the event.
      ready
        .then(() => call.cancelled || listener())
        .catch((error: unknown) => warn("a listener of 'ready' failed.", error));
    } else if (run) {
      return run(args);
    } else {
      calls.push(call);
    }
    if (name === 'hide' || name === 'show') {
      hidden = name === 'hide';
      drawn?.launcher.setHidden(hidden);
    }
    loadFor(name);
    // `on` gives back a way to unsubscribe, also before there is anything to subscribe to.
    return () => {
      call.cancelled = true;
      if (typeof call.result === 'function') call.result();
    };
  };
  api.site = siteKey;
  api.version = __WIDGET_VERSION__;
  const early = page.rapport?.q ?? [];
  page.rapport = api;
  for (const args of early) api(...Array.from(args));

  function loadFor(name: unknown) {
    if (urgent.includes(name as string)) load(true);
    else if (patient.includes(name as string)) inIdleTime(() => load(false));
  }

  /** Asks for the parts once. After a failure the next press asks again. */
  function load(isAwaited: boolean) {
    const to = drawn;
    if (!to || run) return;
    awaited ||= isAwaited;
    if (awaited) to.launcher.show('loading');
    if (isLoading) return;
    isLoading = true;
    fetchParts()
      .then((main) => main.start({ ...to, hidden, calls, take: (next) => (run = next) }))
      .catch((error: unknown) => {
        isLoading = false;
        run = undefined;
        tries += 1;
        if (awaited) to.launcher.show('failed');
        awaited = false;
        warn('the parts of the widget could not be loaded.', error);
      });
  }

  async function fetchParts(): Promise<{ start: Start }> {
    // Some browsers remember that a module failed: another address is asked again.
    const again = tries > 0 ? `?again=${tries}` : '';
    const [main] = await Promise.all(
      __WIDGET_PARTS__.map(
        (file, index) => import(/* @vite-ignore */ `${origin}/${file}${index === 0 ? again : ''}`),
      ),
    );
    return main;
  }

  function press() {
    // Parts that came during the press may have opened the panel that was open before the page load.
    if (run && !isEarlyPress) run(['toggle']);
    else api('open');
    isEarlyPress = false;
  }

  function draw(config: SiteConfig) {
    const host = document.createElement('rapport-widget');
    const root = host.attachShadow({ mode: 'open' });
    const launcher: Launcher = drawLauncher({
      root,
      config,
      options,
      failedText,
      onPress: press,
      onPressing() {
        isEarlyPress = !run;
        load(false);
      },
    });
    if (hidden) launcher.setHidden(true);
    drawn = { origin, siteKey: siteKey as string, config, options, host, root, launcher };
    // Not in the body: frameworks replace it whole.
    document.documentElement.append(host);
    for (const { args } of calls) loadFor(args[0]);
    if (hasActedBefore()) load(false);
    else if (config.liveVisitors) inIdleTime(() => load(false));
    document.addEventListener('click', onClick);
    tellReady();
    dispatchEvent(new CustomEvent('rapport:ready'));
  }

  /** An element of the page, or one in its shadow roots, with `data-rapport-open`: it may have come a moment ago. */
  function onClick(event: MouseEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const element of event.composedPath()) {
      const message = (element as Partial<HTMLElement>).dataset?.rapportOpen;
      if (message === undefined) continue;
      event.preventDefault();
      return api('open', message ? { message } : undefined);
    }
  }

  function hasActedBefore(): boolean {
    try {
      return localStorage.getItem(`rapport:${siteKey}`) !== null;
    } catch {
      return false;
    }
  }

  async function configure() {
    const response = await fetch(`${origin}/site/${encodeURIComponent(siteKey as string)}`, {
      credentials: 'omit',
    });
    if (response.ok) return draw((await response.json()) as SiteConfig);
    const { error } = (await response.json()) as { error?: string };
    if (error === 'origin_not_allowed') {
      warn(
        `${location.origin} is not an allowed address of this site: add it under Settings, Allowed addresses (${origin}/console).`,
      );
    } else if (error === 'unknown_site') {
      warn(`no site has the key ${siteKey}: copy the script tag again (${origin}/console).`);
    } else {
      warn(`no configuration (${response.status}).`);
    }
  }

  configure().catch((error: unknown) => warn('no configuration.', error));
}

try {
  begin();
} catch (error) {
  warn('the widget could not start.', error);
}
