import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventRoutes } from '../../../../lib/platform/events/routes.ts';

const ROOT = join(__dirname, '../../../..');
const NAMES = Object.keys(eventRoutes);
const MODULES = [...new Set(NAMES.map((name) => name.split('.')[0]))].join('|');

/** Where an event's name is written down: its declaration, and the page that receivers of webhooks read it from. */
const WRITTEN_DOWN =
  /^lib\/([^/]+\/(internal-)?events|platform\/audit|platform\/(approvals|socket)\/events|platform\/auth\/rights-lost)\.ts$|^tests\/integration\/webhooks\/webhooks\.test\.ts$/;

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

/** Literals that are an event's name, look like one (`desk.ticket.lost`) or put one together (`desk.ticket.${kind}`). */
const bareNames = (text: string): string[] => {
  const literals = withoutComments(text).matchAll(
    new RegExp(`(['"\`])((?:${MODULES})\\.(?:(?!\\1|\\s).)*)\\1`, 'g'),
  );
  return [...literals].flatMap(([, , literal = '']) => {
    const known = NAMES.includes(literal);
    const alike = /^[a-z]+(\.[a-z-]+){2,}$/.test(literal) && !literal.endsWith('.example');
    return known || alike || literal.includes('${') ? [literal] : [];
  });
};

test('an event is called by its definition: its name stands in no other place as text', () => {
  const files = globSync('{lib,functions,infra,localstack,scripts,bench,demo,tests}/**/*.{ts,cjs,mjs,js}', {
    cwd: ROOT,
  }).filter((file) => !WRITTEN_DOWN.test(file) && !file.endsWith('events/names.test.ts'));
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    bareNames(readFileSync(join(ROOT, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ["a known name, in a use case: { type: 'sms.due', data }", ['sms.due']],
  ["a misspelled one: case 'desk.ticket.overdu':", ['desk.ticket.overdu']],
  ['one put together: `desk.ticket.${kind}`', ['desk.ticket.${kind}']],
  ['in double quotes: "audit.recorded"', ['audit.recorded']],
])('finds %s', (text, names) => {
  expect(bareNames(text)).toEqual(names);
});

test.each([
  "an action of the audit log: 'desk.opened'",
  "a host: 'desk.firm.example'",
  "another module's word: 'orders.line.added'",
  "a comment: // 'desk.ticket.closed'",
])('takes no offence at %s', (text) => {
  expect(bareNames(text)).toEqual([]);
});
