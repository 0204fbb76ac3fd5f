import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright';
import type { Rapport } from './rapport.ts';
import type { Visitor } from './visitor.ts';

/** An agent in a browser context of one's own, at the console. */
export interface Agent {
  context: BrowserContext;
  page: Page;
  /** Rows of the inbox. */
  rows: Locator;
  composer: Locator;
  messages: Locator;
  row(text: string): Locator;
  /** Opens the conversation whose row holds this text. */
  opens(text: string): Promise<void>;
  answers(text: string): Promise<void>;
  message(text: string): Locator;
  /** Closes the open conversation; it is sent when the time to undo is over. */
  closes(): Promise<void>;
  button(name: string | RegExp): Locator;
  /** Opens the shared page of the conversation that is open. */
  viewsPage(): Promise<void>;
  /** The isolated viewer, and in it the mirror of the visitor's page. */
  viewer: FrameLocator;
  mirror: FrameLocator;
  /** Says whether the mirror is live, in words. */
  liveState: Locator;
  /** The visitor's tabs. */
  tabs: Locator;
  leaves(): Promise<void>;
}

export interface SignIn {
  email: string;
  password: string;
}

export async function openAgent(
  browser: Browser,
  rapport: Pick<Rapport, 'origin' | 'admin'>,
  options: {
    signIn?: SignIn;
    viewport?: { width: number; height: number };
    /** Looks at the context before its first page opens. */
    prepare?(context: BrowserContext): Promise<void>;
  } = {},
): Promise<Agent> {
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1440, height: 900 } });
  await options.prepare?.(context);
  const page = await context.newPage();
  await page.goto(`${rapport.origin}/console`);
  await signIn(page, options.signIn ?? rapport.admin);
  await page.getByRole('navigation').first().waitFor();
  return agentOn(context, page);
}

/** Fills in and sends the sign-in form that the page shows. */
export async function signIn(page: Page, { email, password }: SignIn): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The agent at a console that is signed in. */
function agentOn(context: BrowserContext, page: Page): Agent {
  const messages = page.getByRole('log');
  const composer = page.getByRole('textbox', { name: /^Reply to/ });
  const rows = page.locator('a.inbox-row');
  const viewer = page.frameLocator('iframe.cobrowse-frame');
  return {
    context,
    page,
    rows,
    composer,
    messages,
    row: (text) => rows.filter({ hasText: text }),
    async opens(text) {
      await rows.filter({ hasText: text }).click();
      await composer.waitFor();
    },
    async answers(text) {
      await composer.fill(text);
      await composer.press('Enter');
    },
    message: (text) => messages.locator('.message').filter({ hasText: text }),
    closes: () => page.getByRole('button', { name: 'Close', exact: true }).click(),
    button: (name) => page.getByRole('button', { name }),
    async viewsPage() {
      await page.getByRole('link', { name: 'View page' }).first().click();
    },
    viewer,
    // The page before stays until the next one is built.
    mirror: viewer.frameLocator('.page-layer:not([data-coming]) .replayer-wrapper > iframe'),
    liveState: page.locator('.cobrowse-state'),
    tabs: page.getByRole('navigation', { name: 'The visitor’s tabs' }).getByRole('listitem'),
    leaves: () => context.close(),
  };
}

/** The visitor writes, the agent asks to see the page, the visitor shares, the agent sees it live. */
export async function startCobrowse(agent: Agent, visitor: Visitor, text: string): Promise<void> {
  await visitor.opensChat();
  await visitor.writes(text);
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens(text);
  await agent.button('Ask to see the page').click();
  await visitor.shares();
  await agent.viewsPage();
  await agent.liveState.getByText(/^Live/).first().waitFor();
}
