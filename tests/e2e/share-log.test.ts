import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ShareLogEntry } from '../../shared/model/share-log.ts';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, `${demo.origin}/catalogue?voucher=private`);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const verifier = fileURLToPath(new URL('../../scripts/verify-share-log.mjs', import.meta.url));
const verify = (...files: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [verifier, ...files], (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    );
  });

const opensLog = async () => {
  if (!(await visitor.panel.isVisible())) await visitor.opensChat();
  await visitor.panel.getByRole('button', { name: 'More' }).click();
  await visitor.page.getByRole('menuitem', { name: 'What you have shared' }).click();
  const log = visitor.page.getByRole('dialog', { name: 'What you have shared' });
  await log.waitFor();
  return log;
};

it('a visitor reads with whom a page was shared, checks it and takes it along', async () => {
  await startCobrowse(agent, visitor, 'Can you see my page?');
  await visitor.sign.stops();
  await expect.poll(async () => String(await visitor.sign.words())).not.toMatch(/sees this page/);

  const log = await opensLog();
  await log.getByText('You stopped').waitFor();
  await log.getByText('You started sharing').waitFor();
  await log.getByText('Owner began to watch').waitFor();
  await log.getByText(`${demo.origin}/catalogue`, { exact: true }).first().waitFor();
  expect(await log.textContent()).not.toContain('voucher');
  expect(await accessibilityFaults(visitor.page, ['rapport-widget, [data-rapport-own]'])).toEqual([]);

  await log.getByRole('button', { name: 'Check' }).click();
  await log.getByText(/^Nothing was changed: \d+ entries/).waitFor();

  const coming = visitor.page.waitForEvent('download');
  await log.getByRole('button', { name: 'Download' }).click();
  const file = await (await coming).path();
  expect((await verify(file)).output).toMatch(/entries, unchanged/);

  // One word changed, and it no longer fits.
  const saved = JSON.parse(await readFile(file, 'utf8')) as { entries: ShareLogEntry[] };
  const forged = join(tmpdir(), `forged-${process.pid}.json`);
  await writeFile(forged, JSON.stringify(saved).replaceAll('Owner', 'Nobody'));
  expect(await verify(forged)).toMatchObject({ code: 1, output: expect.stringContaining('was changed') });
  // An earlier copy has to be how this one began.
  await writeFile(forged, JSON.stringify({ entries: saved.entries.slice(0, 2) }));
  expect((await verify(file, forged)).code).toBe(0);
  expect((await verify(forged, file)).code).toBe(1);

  await visitor.page.keyboard.press('Escape');
  await log.waitFor({ state: 'detached' });
});

it('somebody else sees nothing of it', async () => {
  const other = await openVisitor(browser, `${demo.origin}/catalogue`);
  await other.opensChat();
  await other.writes('Hello there');
  await other.panel.getByRole('button', { name: 'More' }).click();
  await other.page.getByRole('menuitem', { name: 'What you have shared' }).click();
  await other.page.getByText('You have not shared a page yet.').waitFor();
  await other.leaves();
});
