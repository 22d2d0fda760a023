import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type PersonName, people } from '../../../localstack/people.ts';
import { TIME_FACTOR } from '../../support/strength.ts';

/** How long something on a page may take before a test says that it does not come. It is no measure of speed. */
const WITHIN_MS = 15_000 * TIME_FACTOR;

/** Runs in the page: what its content policy refuses becomes an error of the console. */
const REPORTS_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('content policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));`;

/** One browser window with cookies of its own, and what went wrong in it. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses that the page asked for, oldest first. */
  readonly requests: string[];
  /** Errors of the console, of scripts, and of the content policy. */
  readonly errors: string[];
}

/** A new window on nothing yet. English, so that tests find what they look for by its name. */
export const openVisitor = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Visitor> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(WITHIN_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript(REPORTS_VIOLATIONS);
  page.on('console', (message) => {
    // Whoever has no session yet is answered 401 by the first refresh, which Chromium writes down as well.
    if (message.type() === 'error' && !message.text().includes('401')) errors.push(message.text());
  });
  return { context, page, requests, errors };
};

/** The demo's one click. Settles when the first place of the role is there. */
export const signInAs = async ({ page }: Visitor, api: string, name: PersonName): Promise<void> => {
  await page.goto(api);
  await page.getByRole('button', { name: people[name].name }).click();
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
};
