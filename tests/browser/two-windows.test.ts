/** A client and an executor at once, each in a window of their own. Numbers are those of the console's checks (docs/console.md). */
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/chromium.ts';
import { callAs, clearHands, setPresence, untilState } from './support/desk.ts';
import { address } from './support/product.ts';
import { openVisitor, signInAs, type Visitor } from './support/visitor.ts';

let browser: Browser;
let client: Visitor;
let executor: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await setPresence('executor-1', 'online');
  await clearHands('executor-1');
  await callAs('client-2', 'PATCH /v1/me', { body: { name: 'Carlos Client' } });
  [client, executor] = await Promise.all([openVisitor(browser), openVisitor(browser)]);
  await Promise.all([signInAs(client, address(), 'client-2'), signInAs(executor, address(), 'executor-1')]);
});
afterEach(async () => {
  await Promise.all([client.context.close(), executor.context.close()]);
  await clearHands('executor-1');
  await callAs('client-2', 'PATCH /v1/me', { body: { name: 'Carlos Client' } });
});

const write = async (text: string): Promise<string> => {
  const { page } = client;
  await page.goto(`${address()}/messages/new`);
  await page.getByRole('textbox', { name: 'Your message' }).fill(text);
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.waitForURL(/\/messages\/tkt_/);
  return page.url().replace(/.*\//, '');
};

test('R-CON-01 check 4, 8: a client writes, the executor answers, and both see it without a reload', async () => {
  const ticketId = await write('Is anybody there?');
  const work = executor.page;
  await work.getByRole('region', { name: /^To accept: Carlos Client/ }).waitFor();
  await work.keyboard.press('a');
  await untilState(ticketId, 'accepted');
  await work.waitForURL(`**/tickets/${ticketId}`);
  await work.getByRole('textbox', { name: /^Reply to/ }).fill('Yes. What can I do for you?');
  await client.page.getByText('Emma is writing…').waitFor();
  await work.keyboard.press('Control+Enter');
  await client.page.getByRole('log').getByText('Yes. What can I do for you?').waitFor();
  await client.page.getByText('Emma', { exact: false }).first().waitFor();
  expect(client.errors).toEqual([]);
  expect(executor.errors).toEqual([]);
});

test('R-CON-01 check 29: hostile texts and names are shown as text, and nothing runs', async () => {
  const name = '<img src=x onerror="document.title=1">\u202Etxt';
  await callAs('client-2', 'PATCH /v1/me', { body: { name } });
  const text = `<script>document.title=2</script> \u202E\u200B🇵🇱 ${'w'.repeat(3000)} [x](javascript:alert(1))`;
  const ticketId = await write(text);
  const work = executor.page;
  await work.getByRole('region', { name: /^To accept/ }).waitFor();
  await work.goto(`${address()}/tickets/${ticketId}`);
  await work.getByText('<script>document.title=2</script>').first().waitFor();
  for (const { page, errors } of [client, executor]) {
    expect(errors).toEqual([]);
    expect(await page.title()).not.toMatch(/^[12]$/);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(wide).toBe(0);
  }
});
