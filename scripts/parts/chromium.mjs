import { runChild } from './child.mjs';
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { Failure } from './failure.mjs';
import { findProgram, isExecutable } from './search-path.mjs';

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium that starts, from the environment, Playwright, the system or the distribution. @returns {Promise<string>} */
export async function openChromium() {
  const given = process.env.RAPPORT_CHROMIUM;
  if (given) {
    if (await starts(given)) return given;
    throw new Failure(`RAPPORT_CHROMIUM names ${given}, which does not start.`);
  }
  const { chromium } = await import('playwright');
  const candidates = [chromium.executablePath(), findSystemChromium(), ...usualPlaces];
  for (const file of candidates) {
    if (file && isExecutable(file) && (await starts(file))) return file;
  }
  if (canInstallDebianPackages() && (await installDebianPackages(['chromium'], 'Chromium'))) {
    const installed = findSystemChromium();
    if (installed && (await starts(installed))) return installed;
  }
  throw new Failure(
    'The browser tests need Chromium: install it, run "npx playwright install chromium", or set RAPPORT_CHROMIUM.',
  );
}

const findSystemChromium = () =>
  findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');

/** Chrome on Windows opens a window instead of telling its version. @param {string} file */
async function starts(file) {
  return process.platform === 'win32' || (await runChild(file, ['--version'])).ok;
}
