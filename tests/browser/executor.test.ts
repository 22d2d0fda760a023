/** An executor's day in the console. Numbers are those of the console's checks (docs/console.md). */
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from './support/chromium.ts';
import { callAs, clearHands, setPresence, stateOf, untilState, write } from './support/desk.ts';
import { address } from './support/product.ts';
import { openVisitor, signInAs, type Visitor } from './support/visitor.ts';

let browser: Browser;
let executor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await setPresence('executor-1', 'online');
  await clearHands('executor-1');
  executor = await openVisitor(browser);
  page = executor.page;
  await signInAs(executor, address(), 'executor-1');
});
afterEach(async () => {
  await executor.context.close();
  await clearHands('executor-1');
});

const toAccept = (): Locator => page.getByRole('region', { name: /^To accept/ });
const reply = (): Locator => page.getByRole('textbox', { name: /^Reply to/ });
const opened = async (text: string): Promise<string> => {
  const ticketId = await write('client', text);
  await toAccept().waitFor();
  return ticketId;
};
const accepted = async (text: string): Promise<string> => {
  const ticketId = await opened(text);
  await page.keyboard.press('a');
  await untilState(ticketId, 'accepted');
  return ticketId;
};
const open = (ticketId: string) => page.goto(`${address()}/tickets/${ticketId}`);

test('R-CON-01 check 4: a message is a ticket to accept, whose seconds go by the server’s clock', async () => {
  await executor.context.close();
  executor = await openVisitor(browser);
  page = executor.page;
  // Ten minutes ahead: a countdown by this clock would have ended long ago.
  await page.clock.install({ time: Date.now() + 600_000 });
  await signInAs(executor, address(), 'executor-1');
  const ticketId = await opened('The heating is cold.');
  const { body } = await callAs('executor-1', `/v1/tickets/${ticketId}`);
  const shown = await toAccept().getByRole('timer').textContent();
  const [minutes = 0, seconds = 0] = (shown ?? '').split(':').map(Number);
  const left = (Date.parse(body.acceptBy) - Date.now()) / 1000;
  expect(Math.abs(minutes * 60 + seconds - left)).toBeLessThanOrEqual(2);
});

test('R-CON-01 check 5: A accepts, and the conversation has the focus', async () => {
  const ticketId = await opened('Accept me.');
  await page.keyboard.press('a');
  await untilState(ticketId, 'accepted');
  await page.waitForURL(`**/tickets/${ticketId}`);
  await reply().waitFor();
});

test('R-CON-01 check 5: the button declines, and the card leaves', async () => {
  await setPresence('executor-2', 'away');
  const ticketId = await opened('Decline me.');
  await toAccept()
    .getByRole('button', { name: /^Decline/ })
    .click();
  await page.keyboard.press('Enter');
  await toAccept().waitFor({ state: 'detached' });
  await untilState(ticketId, 'waiting');
  await callAs('manager', `POST /v1/tickets/${ticketId}/close`, { body: { reason: 'test' } });
});

test('R-CON-01 check 7: sending an answer to an assigned ticket accepts it, with one entry', async () => {
  const ticketId = await opened('Answer me.');
  await toAccept().getByRole('link').click();
  await reply().fill('Here is your answer.');
  await page.keyboard.press('Control+Enter');
  await untilState(ticketId, 'accepted');
  await page.getByText('Sent').waitFor();
  const { body } = await callAs('manager', `/v1/tickets/${ticketId}/messages`);
  expect(body.items.filter(({ kind }: { kind: string }) => kind === 'reply')).toHaveLength(1);
});

test('R-CON-01 check 11: what is typed outlives a reload, the reply and the note each for itself', async () => {
  const ticketId = await accepted('Draft me.');
  await open(ticketId);
  await reply().fill('Half a sentence');
  await page.getByRole('tab', { name: /^Note/ }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('For the team');
  await page.reload();
  await page.getByRole('tab', { name: /^Reply/ }).click();
  expect(await reply().inputValue()).toBe('Half a sentence');
  await page.getByRole('tab', { name: /^Note/ }).click();
  expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('For the team');
  expect(await stateOf(ticketId)).toBe('accepted');
});

test('R-CON-01 check 20: keys go by their position, a Cyrillic layout too, and not with Alt', async () => {
  const ticketId = await opened('A key.');
  await page.keyboard.press('Alt+a');
  await page.evaluate(
    `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ф', code: 'KeyA', altKey: true, bubbles: true }))`,
  );
  expect(await stateOf(ticketId)).toBe('assigned');
  await page.evaluate(
    `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ф', code: 'KeyA', bubbles: true }))`,
  );
  await untilState(ticketId, 'accepted');
});

test('R-CON-01 check 20: keys are silent in a field', async () => {
  const ticketId = await opened('Type into me.');
  await toAccept().getByRole('link').click();
  await reply().pressSequentially('a d c');
  expect(await reply().inputValue()).toBe('a d c');
  expect(await stateOf(ticketId)).toBe('assigned');
});

test('R-CON-01 check 22: from the list to the sent answer without a mouse', async () => {
  const ticketId = await opened('No mouse.');
  await page.keyboard.press('a');
  await page.waitForURL(`**/tickets/${ticketId}`);
  await reply().waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('By keys alone.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Sent').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await page.getByRole('group', { name: 'Close this ticket' }).waitFor();
  await page.keyboard.press('Enter');
  await untilState(ticketId, 'closed');
});
