/** What a visitor meets first: the address, one click, the first place. Numbers are those of the console's checks (docs/console.md). */
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/chromium.ts';
import { address } from './support/product.ts';
import { openVisitor, signInAs } from './support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

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
