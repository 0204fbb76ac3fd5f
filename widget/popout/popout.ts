import type { Visit } from '../../shared/model/page.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Handover } from '../handover.ts';
import { start } from '../main.ts';
import type { Launcher } from '../shell/launcher.ts';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { callEveryMs, type PageAnswer, type PopoutCall, readPopoutAddress } from './handshake.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { pageStyles, rootStyles } from './popout-styles.ts';
import { popoutTexts } from './texts.ts';

/**
 * The page of the pop-out window: asks the page that opened it for the visitor, and shows that visitor's chat over the
 * whole window. It goes on without that page. What it holds lies in this window's own session storage.
 */

interface Kept {
  record: string;
  config: SiteConfig;
  visit: Visit;
}

/** How long the page that opened the window may take to answer. */
const patienceMs: Record<NonNullable<PopoutCall['wants']>, number> = {
  visitor: 8_000,
  // A connection waits for it, and the server for a connection's first words no longer than 5 s. A page of other people
  // may stand there by now, which never answers.
  identity: 4_000,
};

const address = readPopoutAddress(location.href);
const opener = window.opener as Window | null;

function explain(words: string) {
  document.body.replaceChildren();
  const box = document.createElement('main');
  const text = document.createElement('p');
  text.textContent = words;
  text.setAttribute('role', 'status');
  box.append(text);
  document.body.append(box);
}

function kept(storageName: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageName) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/**
 * Asks the page that opened this window, by `postMessage` to its origin and nobody else. False when it is gone.
 * `onAnswer` gets null when no answer comes in time.
 */
function callOpener(
  { siteKey, pageOrigin }: NonNullable<typeof address>,
  wants: PopoutCall['wants'],
  onAnswer: (answer: PageAnswer | null) => void = () => {},
): boolean {
  if (!opener || opener.closed) return false;
  const { port1, port2 } = new MessageChannel();
  const call: PopoutCall = { type: 'rapport:popout', siteKey, wants };
  opener.postMessage(call, pageOrigin, wants ? [port2] : []);
  if (!wants) return true;
  const settle = (answer: PageAnswer | null) => {
    clearTimeout(timer);
    port1.close();
    onAnswer(answer);
  };
  const timer = setTimeout(() => settle(null), patienceMs[wants]);
  port1.onmessage = ({ data }: MessageEvent<PageAnswer | null>) => {
    if (data?.type === wants) settle(data);
  };
  return true;
}

function show(to: NonNullable<typeof address>, visitor: Kept) {
  document.title = popoutTexts.title(visitor.config.name);
  document.body.replaceChildren();
  const host = document.createElement('rapport-widget');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root, rootStyles);
  document.body.append(host);

  // The page may have gone on to another one, which finds this window by its calls.
  callOpener(to, null);
  setInterval(() => callOpener(to, null), callEveryMs);

  const shelf = createMemoryShelf();
  addEventListener('beforeunload', (event) => {
    if (shelf.hasUnsent()) event.preventDefault();
  });

  const button = document.createElement('button');
  const launcher: Launcher = { button, show() {}, badge() {}, setHidden() {} };
  const handover: Handover = {
    origin: location.origin,
    siteKey: to.siteKey,
    config: visitor.config,
    options: { zIndex: 1, launcher: 'hidden', titleBadge: true },
    host,
    root,
    launcher,
    hidden: true,
    calls: [{ args: ['open'], cancelled: false }],
    take() {},
    popout: {
      record: visitor.record,
      shelf,
      navigation: {
        current: () => visitor.visit.page,
        visit: () => visitor.visit,
        onChange: () => () => {},
        close() {},
      },
      identity: () =>
        new Promise((resolve) => {
          const isThere = callOpener(to, 'identity', (answer) =>
            resolve(answer?.type === 'identity' ? answer.token : null),
          );
          if (!isThere) resolve(null);
        }),
      isOpenerThere: () => opener !== null && !opener.closed,
      close: () => window.close(),
    },
  };
  start(handover);
}

/** A page that the site does not list could make the visitor write to somebody else. */
async function isListed({ siteKey, pageOrigin }: NonNullable<typeof address>): Promise<boolean> {
  const answer = await fetch(`/popout/${siteKey}/opener?origin=${encodeURIComponent(pageOrigin)}`);
  return answer.ok;
}

async function begin() {
  adoptStyles(document, pageStyles);
  if (!address) return explain(popoutTexts.unknown);
  const to = address;
  const storageName = `rapport:${to.siteKey}:handover`;
  const before = kept(storageName);
  // Loaded again: the window is still the visitor's.
  if (before) return show(to, before);
  explain(popoutTexts.waiting);
  if (!(await isListed(to))) return explain(popoutTexts.unknown);
  const isThere = callOpener(to, 'visitor', (answer) => {
    if (answer?.type !== 'visitor') return explain(popoutTexts.unknown);
    const { record, config, visit } = answer;
    sessionStorage.setItem(storageName, JSON.stringify({ record, config, visit } satisfies Kept));
    show(to, { record, config, visit });
  });
  if (!isThere) explain(popoutTexts.unknown);
}

begin().catch(() => explain(popoutTexts.unknown));
