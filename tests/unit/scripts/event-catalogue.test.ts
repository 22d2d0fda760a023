import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventCatalogue, routesText } from '../../../scripts/event-catalogue.ts';
import { eventPage } from '../../../scripts/event-page.ts';

const ROOT = join(__dirname, '../../..');
const committed = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('routes and the catalogue are those of the code: `npm run generate` writes them', async () => {
  const catalogue = await eventCatalogue(ROOT);
  // Not `toBe` with the texts: the difference would be the whole page.
  expect(committed('lib/platform/events/routes.json') === routesText(catalogue)).toBe(true);
  expect(committed('docs/events.md') === eventPage(catalogue)).toBe(true);
});

describe('a product of two modules', () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(join(tmpdir(), 'rotadesk-events-'));
    symlinkSync(join(ROOT, 'node_modules'), join(room, 'node_modules'));
  });
  afterEach(() => rmSync(room, { recursive: true, force: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(room, path)), { recursive: true });
    writeFileSync(join(room, path), text);
  };
  const define = join(ROOT, 'lib/platform/events/define-event.ts');
  const declares = (path: string, ...names: string[]): void => {
    const lines = names.map(
      (name, n) =>
        `/**\n * Number ${n} | happened.\n */\nexport const e${n} = defineEvent('${name}', () => z.object({ a: z.string(), b: z.int().optional() }));`,
    );
    write(path, `import * as z from 'zod';\nimport { defineEvent } from '${define}';\n${lines.join('\n')}\n`);
  };
  const consumes = (path: string, queue: string, ...names: string[]): void => {
    const on = names.map((event) => ({ event }));
    write(path, `export const handler = { consumers: ${JSON.stringify([{ queue, on }])} };\n`);
  };

  test('every consumer of an event is among its routes, sorted, and on the page', async () => {
    declares('lib/shop/events.ts', 'shop.order.paid');
    declares('lib/shop/internal-events.ts', 'shop.cart.due');
    consumes('functions/shop/count.queue.ts', 'shop-events', 'shop.order.paid', 'shop.cart.due');
    consumes('functions/mail/write.queue.ts', 'mail-events', 'shop.order.paid');
    const catalogue = await eventCatalogue(room);
    expect(routesText(catalogue)).toBe(
      '{\n  "shop.cart.due": ["shop-events"],\n  "shop.order.paid": ["mail-events", "shop-events"]\n}\n',
    );
    const page = eventPage(catalogue);
    expect(page).toContain(
      '| `shop.order.paid` | Number 0 \\| happened. | `a`, `b?` | mail: write (`mail-events`)<br>shop: count (`shop-events`) |',
    );
    // Its own consumer is no arrow.
    expect(page).toContain('graph LR\n  shop --> mail\n```');
    expect(page.indexOf('Internal:')).toBeLessThan(page.indexOf('`shop.cart.due`'));
  });

  test.each([
    ['is consumed by nobody', ['shop.order.paid'], [], 'nobody consumes shop.order.paid'],
    ['is declared by nobody', [], ['shop.order.paid'], 'which nobody declares'],
    ['is declared twice', ['shop.order.paid', 'shop.order.paid'], ['shop.order.paid'], 'declared twice'],
    [
      'bears another module’s name',
      ['mail.sent.twice'],
      ['mail.sent.twice'],
      'no event of lib/shop/events.ts',
    ],
  ])('an event that %s is refused', async (_, declared, received, problem) => {
    declares('lib/shop/events.ts', ...declared);
    consumes('functions/shop/count.queue.ts', 'shop-events', ...received);
    await expect(eventCatalogue(room)).rejects.toThrow(problem);
  });
});
