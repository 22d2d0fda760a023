/** What a visitor meets first: the address, one click, the first place. Numbers are those of the console's checks (docs/console.md). */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/chromium.ts';
import { address } from './support/product.ts';
import { openVisitor, signInAs } from './support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Parts that only others' places need. */
const PLACES_OF_OTHERS = {
  client: /(board|tickets|next|limits|what-if)-place/,
  'executor-1': /(board|messages|limits|what-if)-place/,
  manager: /(messages|next)-place/,
  admin: /(board|tickets|messages|next|limits|what-if)-place/,
} as const;
const ROLES = ['client', 'executor-1', 'manager', 'admin'] as const;

test.each(ROLES)(
  'R-CON-01 check 1: one click signs %s in, and nothing is asked of other hosts',
  async (name) => {
    const visitor = await openVisitor(browser);
    await signInAs(visitor, address(), name);
    const foreign = visitor.requests.filter(
      (url) => /^(https?|wss?):/.test(url) && new URL(url).hostname !== '127.0.0.1',
    );
    expect(foreign).toEqual([]);
    expect(visitor.requests.length).toBeGreaterThan(3);
    await visitor.context.close();
  },
);

test.each(ROLES)(
  'R-CON-01 check 2: no place of %s breaks the content policy or says an error',
  async (name) => {
    const visitor = await openVisitor(browser);
    const { page } = visitor;
    await signInAs(visitor, address(), name);
    const places = page.getByRole('navigation', { name: 'Places' }).getByRole('link');
    const count = await places.count();
    for (let index = 0; index < count; index += 1) {
      await places.nth(index).click();
      await page.waitForLoadState('networkidle');
      expect(await page.getByText(/could not be (loaded|shown)/).count()).toBe(0);
    }
    expect(count).toBeGreaterThan(0);
    expect(visitor.errors).toEqual([]);
    await visitor.context.close();
  },
);

test('R-CON-01 check 2: the content policy is the exact one, and nothing in the page is inline', async () => {
  const answer = await fetch(address(), { headers: { accept: 'text/html' } });
  const page = await answer.text();
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:.*; font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'/,
  );
  expect(page).toContain('<script type="module"');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/);
});

test.each(ROLES)(
  'R-CON-01 check 3: until %s sees their place at most 200 KB of gzipped script are loaded, and nothing of other roles',
  async (name) => {
    const visitor = await openVisitor(browser);
    const { page } = visitor;
    await signInAs(visitor, address(), name);
    // As on every later day: the session is there, and the sign-in page is not needed.
    await page.waitForLoadState('networkidle');
    const scripts = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.request().resourceType() === 'script') scripts.set(pathname, response.body());
    });
    await page.reload();
    await page.getByRole('navigation', { name: 'Places' }).waitFor();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const first = [...scripts.values()];
    await page.waitForLoadState('networkidle');
    const kiloBytes = async (bodies: readonly Promise<Buffer>[]): Promise<number> => {
      const sizes = await Promise.all(bodies.map(async (body) => gzipSync(await body, { level: 9 }).length));
      return sizes.reduce((sum, size) => sum + size, 0) / 1000;
    };
    const [seen, whole] = await Promise.all([kiloBytes(first), kiloBytes([...scripts.values()])]);
    console.log(`${name}: ${seen.toFixed(1)} KB until the place is there, ${whole.toFixed(1)} KB in all`);
    expect(seen).toBeGreaterThan(50);
    expect(seen).toBeLessThanOrEqual(200);
    const others = [...scripts.keys()].filter((path) => PLACES_OF_OTHERS[name].test(path));
    expect(others).toEqual([]);
    await visitor.context.close();
  },
);
