import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, CDPSession, Locator, Page } from 'playwright';
import type { PayloadOf, Reply, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Rapport } from './rapport.ts';

export interface VisitorOptions {
  viewport?: { width: number; height: number };
  /** Origin of the chat server when it is not the page's default; only for what the test itself looks at. */
  colorScheme?: 'light' | 'dark';
}

/** A visitor in a browser context of one's own: acts on the shop's page and on the widget as a person would. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  launcher: Locator;
  panel: Locator;
  composer: Locator;
  messages: Locator;
  goesTo(address: string): Promise<void>;
  opensChat(): Promise<void>;
  writes(text: string): Promise<void>;
  /** A message with this text in the open conversation. */
  message(text: string): Locator;
  /** Asks before anything of the page is shared. */
  consent: Locator;
  /** Presses Share in it. */
  shares(): Promise<void>;
  /** What says that the page is shared; see {@link Sign}. */
  sign: Sign;
  /** Another tab of the same browser. */
  opensTab(address: string): Promise<Visitor>;
  leaves(): Promise<void>;
}

/**
 * The banner and the agents' pointers. They live in a closed shadow root, which neither the page nor locators can look
 * into; the browser's own protocol can.
 */
export interface Sign {
  /** The words of the banner; null when there is none. */
  words(): Promise<string | null>;
  /** How long the line is, what it carries and what is left out; null while that is not shown. */
  line(): Promise<string | null>;
  /** Where its button that stops or withdraws is, in the viewport; null when there is none. */
  stopBox(): Promise<Box | null>;
  /** Presses that button with the mouse. */
  stops(): Promise<void>;
  /** Whether the keyboard is at that button. */
  isStopFocused(): Promise<boolean>;
  /** Middle of an agent's dot in the viewport; null while none is shown. */
  dot(): Promise<{ x: number; y: number } | null>;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export async function openVisitor(
  browser: Browser,
  address: string,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
  });
  const page = await context.newPage();
  await page.goto(address);
  return visitorOn(context, page);
}

/** A visitor in a page that a test has opened itself. */
export function visitorOn(context: BrowserContext, page: Page): Visitor {
  const panel = page.getByRole('dialog', { name: /^Messages with/ });
  const messages = panel.getByRole('log');
  const consent = page.getByRole('dialog', { name: /would like to see this page|Show your page/ });
  return {
    context,
    page,
    launcher: page.locator('button.launcher'),
    panel,
    composer: panel.getByRole('textbox', { name: 'Your message' }),
    messages,
    async goesTo(next) {
      await page.goto(next);
    },
    async opensChat() {
      await page.locator('button.launcher').click();
      await panel.waitFor();
    },
    async writes(text) {
      const composer = panel.getByRole('textbox', { name: 'Your message' });
      await composer.fill(text);
      await composer.press('Enter');
    },
    message: (text) => messages.locator('[data-seq], .message').filter({ hasText: text }),
    consent,
    async shares() {
      await consent.getByRole('button', { name: 'Share', exact: true, disabled: false }).click();
    },
    sign: signOn(page),
    async opensTab(next) {
      const tab = await context.newPage();
      await tab.goto(next);
      return visitorOn(context, tab);
    },
    leaves: () => context.close(),
  };
}

function signOn(page: Page): Sign {
  let session: Promise<CDPSession> | undefined;

  /** Runs `read` in the page with the closed root as its argument; null while there is no root. */
  async function inRoot<T>(read: (root: ShadowRoot) => T): Promise<T | null> {
    session ??= page.context().newCDPSession(page);
    const browser = await session;
    const host = await browser.send('Runtime.evaluate', {
      expression: "document.querySelector('div[data-rapport-own]')",
    });
    if (!host.result.objectId) return null;
    const { node } = await browser.send('DOM.describeNode', {
      objectId: host.result.objectId,
      depth: 1,
      pierce: true,
    });
    const backendNodeId = node.shadowRoots?.[0]?.backendNodeId;
    if (backendNodeId === undefined) return null;
    const { object } = await browser.send('DOM.resolveNode', { backendNodeId });
    const { result, exceptionDetails } = await browser.send('Runtime.callFunctionOn', {
      objectId: object.objectId ?? '',
      functionDeclaration: `function () { return (${read})(this); }`,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  const stopBox = () =>
    inRoot((root): Box | null => {
      const button = [...root.querySelectorAll('section button')].at(-1);
      if (!button) return null;
      const { x, y, width, height } = button.getBoundingClientRect();
      return { x, y, width, height };
    });
  return {
    words: () =>
      inRoot((root) => {
        const words = root.querySelector('section b')?.parentElement;
        return words ? (words.textContent ?? '').replace(/\s+/g, ' ').trim() : null;
      }),
    line: () => inRoot((root) => root.querySelector('.cb-line')?.textContent ?? null),
    stopBox,
    async stops() {
      const box = await stopBox();
      if (!box) throw new Error('There is no button to stop');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
    isStopFocused: async () =>
      (await inRoot((root) => {
        const button = [...root.querySelectorAll('section button')].at(-1);
        return button !== undefined && root.activeElement === button;
      })) === true,
    dot: () =>
      inRoot((root) => {
        const dot = root.querySelector('[class*="laser"] i');
        if (!dot) return null;
        const { x, y, width, height } = dot.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }),
  };
}

/** A visitor without a browser, over HTTP: sets a stage for stories that are about something else. */
export interface DistantVisitor {
  conversationId: string;
  writes(text: string): Promise<void>;
}

/** Starts a conversation with this text from a page of the site at `siteOrigin`. */
export async function writeFromAfar(
  rapport: Pick<Rapport, 'origin' | 'siteKey'>,
  siteOrigin: string,
  text: string,
): Promise<DistantVisitor> {
  const token = `vt_${randomBytes(32).toString('base64url')}`;
  const clientId = () => randomBytes(16).toString('base64url');
  const request = async <E extends keyof VisitorRequests & string>(
    event: E,
    payload: PayloadOf<VisitorRequests, E>,
  ): Promise<ReplyOf<VisitorRequests, E>> => {
    const answer = await fetch(`${rapport.origin}/api/visitor/${event}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-rapport-site': rapport.siteKey,
        origin: siteOrigin,
      },
      body: JSON.stringify(payload),
    });
    const reply = (await answer.json()) as Reply<ReplyOf<VisitorRequests, E>>;
    if (!reply.ok) throw new Error(`${event} was refused: ${reply.error}`);
    return reply;
  };
  const { conversation } = await request('conversation:start', {
    clientId: clientId(),
    text,
    visit: {
      page: { url: `${siteOrigin}/catalogue`, title: 'The collection' },
      referrer: '',
      language: 'en-GB',
      timeZone: 'Europe/London',
    },
  });
  return {
    conversationId: conversation.id,
    async writes(more) {
      await request('message:send', { conversationId: conversation.id, clientId: clientId(), text: more });
    },
  };
}
