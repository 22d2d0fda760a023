import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of these tests: CHROMIUM, or one that is installed. @throws Error when there is none. */
export const chromiumPath = (): string => {
  const path = process.env.CHROMIUM ?? USUAL.find((each) => existsSync(each));
  if (path && existsSync(path)) return path;
  throw new Error(
    'No Chromium was found. Install one (Debian: apt-get install chromium), or name it: CHROMIUM=/path/to/chromium.',
  );
};

/** Chromium's own sandbox refuses to run for root, which containers are. */
const isRoot = process.getuid?.() === 0;

/** @throws Error when there is no Chromium. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: isRoot ? ['--no-sandbox'] : [] });
