/**
 * `npm run shots`: starts the product and makes a contact sheet of each role's places, empty, full and broken, at two widths, light and dark;
 * and the README's first picture, a client and an executor side by side. Into docs/pictures.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { PersonName } from '../../localstack/people.ts';
import { projectRoot } from '../../localstack/places.ts';
import { Product } from '../e2e/support/product.ts';
import { openBrowser } from './support/chromium.ts';
import { callAs, setPresence, write } from './support/desk.ts';
import { openVisitor, signInAs, type Visitor } from './support/visitor.ts';

const PICTURES = join(projectRoot, 'docs/pictures');
const ROLES = ['client', 'executor-1', 'manager', 'admin'] as const;
const LOOKS = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;
type State = 'empty' | 'full' | 'broken';
/** Queries have settled, and skeletons are gone. */
const SETTLED_MS = 1200;

interface Shot {
  readonly label: string;
  readonly image: Buffer;
}

const placesOf = async (page: Page): Promise<string[]> => {
  const links = page.getByRole('navigation', { name: 'Places' }).getByRole('link');
  return [...new Set(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? '')))];
};

/** Everything but who is signed in answers 503. */
const breakApi = async ({ context }: Visitor): Promise<void> => {
  await context.route(/\/v1\/(?!me$|sign-in)/, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"code":"unavailable","status":503}',
    }),
  );
};

const shootRole = async (browser: Browser, api: string, name: PersonName, state: State): Promise<Shot[]> => {
  const shots: Shot[] = [];
  for (const { width, height, colorScheme } of LOOKS) {
    const visitor = await openVisitor(browser, { viewport: { width, height }, colorScheme });
    const { page } = visitor;
    await signInAs(visitor, api, name);
    if (state === 'broken') await breakApi(visitor);
    for (const place of await placesOf(page)) {
      await page.goto(api + place);
      await page.waitForTimeout(SETTLED_MS);
      shots.push({ label: `${place} · ${state} · ${width} ${colorScheme}`, image: await page.screenshot() });
    }
    await visitor.context.close();
  }
  return shots;
};

const compose = async (
  browser: Browser,
  shots: readonly Shot[],
  path: string,
  width: number,
): Promise<void> => {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const figures = shots.map(
    ({ label, image }) =>
      `<figure><img src="data:image/png;base64,${image.toString('base64')}"><figcaption>${label}</figcaption></figure>`,
  );
  await page.setContent(`<style>body{margin:16px;font:11px sans-serif;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-end;background:#fff}
    figure{margin:0}img{display:block;height:250px;border:1px solid #ccc}figcaption{padding:4px 0}</style>${figures.join('')}`);
  await page.screenshot({ path, fullPage: true });
  await page.close();
};

const TALK = [
  ['client', 'The heating is cold since yesterday evening. Could somebody come by this afternoon?'],
  ['client-2', 'I cannot find my invoice of October.'],
] as const;

/** A client who was answered, and another who waits to be. */
const fill = async (): Promise<string> => {
  await setPresence('executor-1', 'online');
  const [first = '', ...others] = await Promise.all(TALK.map(([name, text]) => write(name, text)));
  for (const ticketId of [first, ...others]) {
    await callAs('executor-1', `POST /v1/tickets/${ticketId}/accept`, { body: {} });
  }
  await callAs('executor-1', `POST /v1/tickets/${first}/replies`, {
    key: `shots-${first}`,
    body: { text: 'Good afternoon! I am on my way and shall be there at three.' },
  });
  return first;
};

const first = async (browser: Browser, api: string, ticketId: string): Promise<void> => {
  const sides = [
    ['executor-1', `/tickets/${ticketId}`, { width: 1180, height: 760 }],
    ['client', `/messages/${ticketId}`, { width: 390, height: 760 }],
  ] as const;
  const shots: Shot[] = [];
  for (const [name, place, viewport] of sides) {
    const visitor = await openVisitor(browser, { viewport });
    await signInAs(visitor, api, name);
    await visitor.page.goto(api + place);
    await visitor.page.getByText('shall be there at three').last().waitFor();
    await visitor.page.waitForTimeout(SETTLED_MS);
    shots.push({ label: '', image: await visitor.page.screenshot() });
    await visitor.context.close();
  }
  const page = await browser.newPage({ viewport: { width: 1640, height: 800 } });
  await page.setContent(`<style>body{margin:16px;display:flex;gap:16px;background:#e6e9ee}img{height:760px;border-radius:10px;box-shadow:0 2px 12px #0003}</style>
    ${shots.map(({ image }) => `<img src="data:image/png;base64,${image.toString('base64')}">`).join('')}`);
  await page.screenshot({ path: join(PICTURES, 'console.png'), fullPage: true });
};

const product = new Product();
const browser = await openBrowser();
try {
  mkdirSync(PICTURES, { recursive: true });
  await product.start();
  const { directory, addresses } = product;
  process.env.ROTADESK_BROWSER_TESTS = JSON.stringify({ directory, addresses });
  const shots = new Map<PersonName, Shot[]>(ROLES.map((name) => [name, []]));
  const add = async (state: State): Promise<void> => {
    for (const name of ROLES) shots.get(name)?.push(...(await shootRole(browser, product.api, name, state)));
  };
  await add('empty');
  await first(browser, product.api, await fill());
  await add('full');
  await add('broken');
  for (const [name, taken] of shots) {
    await compose(browser, taken, join(PICTURES, `console-${name.replace('-1', '')}.png`), 1800);
    console.log(`docs/pictures/console-${name.replace('-1', '')}.png: ${taken.length} pictures`);
  }
} finally {
  await browser.close();
  await product.stop();
  await product.remove();
}
