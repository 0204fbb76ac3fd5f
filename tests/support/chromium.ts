import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

/** `npm test` names the browser in the environment; the places below serve a test started by hand. */
function findChromium(): string {
  const candidates = [
    process.env.RAPPORT_CHROMIUM,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = candidates.find((file) => file && existsSync(file));
  if (!found) throw new Error('No Chromium here: run "npm test" once, or set RAPPORT_CHROMIUM');
  return found;
}

/** Quiet and root-proof: nothing but the pages of the test causes requests, and every request can be seen. */
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium; every visitor and agent of a test gets a context of its own. */
export function launchChromium(options: { args?: string[] } = {}): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...flags, ...(options.args ?? [])] });
}
