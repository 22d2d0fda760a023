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
  'R-CON-01 check 3: %s loads at most 200 KB of gzipped script, and nothing of other roles',
  async (name) => {
    const visitor = await openVisitor(browser);
    const scripts = new Map<string, Promise<Buffer>>();
    visitor.page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.set(new URL(response.url()).pathname, response.body());
    });
    await signInAs(visitor, address(), name);
    await visitor.page.waitForLoadState('networkidle');
    const sizes = await Promise.all(
      [...scripts.values()].map(async (body) => gzipSync(await body, { level: 9 }).length),
    );
    const gzipBytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${name}: ${(gzipBytes / 1000).toFixed(1)} KB of gzipped script in ${sizes.length} parts`);
    expect(gzipBytes).toBeGreaterThan(50_000);
    expect(gzipBytes).toBeLessThanOrEqual(200_000);
    const others = [...scripts.keys()].filter((path) => PLACES_OF_OTHERS[name].test(path));
    expect(others).toEqual([]);
    await visitor.context.close();
  },
);
