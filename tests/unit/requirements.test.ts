import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8');

interface Row {
  readonly rule: string;
  readonly files: readonly string[];
  readonly callers: readonly string[];
  readonly tests: readonly string[];
}

const links = (cell: string): string[] =>
  [...cell.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map((match) => match[1] ?? '');

const rows: Row[] = page
  .split('\n')
  .filter((line) => /^\| R-/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, rule = '', , files = '', callers = '', tests = '']) => ({
    ...{ rule, files: links(files), tests: links(tests) },
    callers: [...callers.matchAll(/`([^`]+)`/g)].map(([, caller = '']) => caller),
  }));

const testFiles = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('requirements.test.ts'))
  .map((file) => ({ path: `tests/${file}`, text: readFileSync(join(root, 'tests', file), 'utf8') }));

/** Rules that stand in the title of some test of the file. */
const titled = (text: string, rule: string): boolean => new RegExp(`['"\`][^'"\`\\n]*${rule}\\b`).test(text);

/** `rules('SMS', 10)`: R-SMS-01 to R-SMS-10. */
const rules = (part: string, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `R-${part}-${String(i + 1).padStart(2, '0')}`);

const expected = [
  ...rules('DESK', 13),
  ...rules('AUTH', 5),
  'R-AUTH-07',
  'R-AUTH-08',
  ...rules('SMS', 10),
  ...rules('NOT', 2),
  'R-LIVE-01',
  'R-ADM-02',
];

test('every rule built so far has a row', () => {
  expect(rows.map((row) => row.rule)).toEqual(expected);
});

test.each(rows)('$rule is kept where the page says', ({ files }) => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test.each(rows)('$rule has just the tests that the page lists', ({ rule, tests }) => {
  const carrying = testFiles.filter(({ text }) => titled(text, rule)).map(({ path }) => path);
  expect(carrying.toSorted()).toEqual(tests.toSorted());
  expect(tests.length).toBeGreaterThan(0);
});

const { paths } = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const declarations = readdirSync(join(root, 'functions'))
  .map((name) => readFileSync(join(root, 'functions', name, 'functions.yml'), 'utf8'))
  .join('\n');

/** `POST GET /v1/sms`; `POST /v1/users/{userId}/lock, unlock`; `/v1/webhooks`: all below it. */
const operationsMissing = (caller: string): string[] => {
  const [, verbs = '', path = '', others = ''] = /^((?:[A-Z]+ )*)(\/[^,\s]*)((?:, \w+)*)$/.exec(caller) ?? [];
  const named = [
    path,
    ...others
      .split(', ')
      .slice(1)
      .map((last) => path.replace(/[^/]+$/, last)),
  ];
  return named.flatMap((each) => {
    if (verbs === '')
      return Object.keys(paths).some((known) => `${known}/`.startsWith(`${each}/`)) ? [] : [each];
    return verbs
      .trim()
      .split(' ')
      .filter((verb) => paths[each]?.[verb.toLowerCase()] === undefined)
      .map((verb) => `${verb} ${each}`);
  });
};

/** What a row says calls the rule, and does not exist. */
const missingIn = (caller: string): string[] => {
  const [, kind, names = ''] = /^(queues?|schedule|npm run) (.+)$/.exec(caller) ?? [];
  if (kind === undefined) return caller === 'all' ? [] : operationsMissing(caller);
  if (kind === 'npm run') return scripts[names] === undefined ? [caller] : [];
  const mark = (name: string) => (kind === 'schedule' ? `/${name}.schedule.handler` : `\n  ${name}:`);
  return names.split(', ').filter((name) => !declarations.includes(mark(name)));
};

test.each(rows)('$rule is called by what exists', ({ callers }) => {
  expect(callers.length).toBeGreaterThan(0);
  expect(callers.flatMap(missingIn)).toEqual([]);
});

test('a caller that does not exist is found', () => {
  const wrong = [
    'POST /v1/nothing',
    'POST DELETE /v1/sms',
    '/v1/web',
    'queues timers, clocks',
    'schedule never',
  ];
  expect([...wrong, 'POST /v1/users/{userId}/lock, hide', 'npm run nothing'].flatMap(missingIn)).toEqual([
    ...['POST /v1/nothing', 'DELETE /v1/sms', '/v1/web', 'clocks', 'never'],
    ...['POST /v1/users/{userId}/hide', 'npm run nothing'],
  ]);
});
