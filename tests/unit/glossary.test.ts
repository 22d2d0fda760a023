import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Words that named things of ours once, and what is said instead (docs/glossary.md). */
const RETIRED: Readonly<Record<string, string>> = {
  bother: 'notify',
  book: 'rule configuration',
  door: 'endpoint, wrapper, interface',
  ear: 'consumer',
  floor: 'workload; the least value of a setting',
  gather: 'collect, digest',
  gathered: 'collected',
  gathering: 'digest',
  grip: 'holding',
  hear: 'consume, receive',
  heard: 'consumed, received',
  hears: 'consumes, receives',
  judge: 'evaluate, check, decide',
  judged: 'evaluated, checked',
  judgement: 'evaluation, verdict',
  judges: 'evaluates, checks',
  knock: 'request',
  letter: 'e-mail',
  letters: 'e-mails',
  seat: 'executor, candidate',
  sight: 'what was read',
  whereabouts: 'availability',
  wording: 'template version, content',
};

/** The same for lib/ and functions/ alone: bench, demo and tests still say them. */
const RETIRED_IN_PRODUCT: Readonly<Record<string, string>> = {
  person: 'user, recipient',
  told: 'notified, sent, answered',
};

const STORED = 'an attribute or a key that is stored under this name';
const ALPHABET = 'of an alphabet';
const NUMBER = 'the least value of a number';
const PUBLIC = 'a setting, a header or a reason that callers read under this name';

/** Where such a word means what it does elsewhere, or where what is stored would have to change with it. */
const ALLOWED: readonly (readonly [words: string, files: string, reason: string])[] = [
  ['letters', 'lib/identity/{model,profile/*,sign-in/sign-in,users/create-user}.ts', STORED],
  ['letters', 'localstack/seed-accounts.ts', STORED],
  ['gather', 'lib/notifications/notices/digest-repository.ts', STORED],
  ['book', 'lib/sms/rule-config*.ts', STORED],
  ['judged', 'lib/sms/{model,evaluate-sms,acceptance/sms-view}.ts', STORED],
  ['judged', 'bench/world/seed-sms.ts', STORED],
  ['letters', 'tests/unit/identity/{session-refresh,user-roles}.test.ts', STORED],
  ['judged', 'tests/support/sms-sending/world.ts', STORED],
  ['book', 'tests/simulation/sms/mutants/mutants.ts', STORED],
  ['letter letters', 'tests/unit/desk/message.test.ts', ALPHABET],
  ['letter', 'tests/unit/{platform/input/phone,sms-sending/provider-values}.test.ts', ALPHABET],
  ['letters', 'tests/unit/{notifications/content-policy,sms/encoding}.test.ts', ALPHABET],
  ['letters', 'tests/simulation/{engine/store/memory/reserved-words,store/memory-store.test}.ts', ALPHABET],
  ['letter', 'infra/names.ts', ALPHABET],
  ['letters', '{infra/secret,scripts/module-name}.ts', ALPHABET],
  ['letter', 'lib/identity/sign-in/traffic-repository.ts', ALPHABET],
  ['letters', 'lib/notifications/{model,rendering/text-policy}.ts', ALPHABET],
  ['letter letters', 'lib/platform/input/*.ts', ALPHABET],
  ['letters', 'lib/sms/{core/stop-words,rules/senders}.ts', ALPHABET],
  ['floor', 'lib/platform/{money,rate-limits/rates,settings/define-settings}.ts', NUMBER],
  ['floor', 'demo/client.ts', 'of a building'],
  ['person', 'lib/desk/core/known-user-repository.ts', STORED],
  ['told', 'lib/notifications/digest.ts', STORED],
  ['person', 'lib/notifications/compose/{compose-notification,recipient}.ts', PUBLIC],
  [
    'person',
    'lib/platform/{rate-limiter,rate-limits/rates,http/limit-requests,openapi/response-headers}.ts',
    PUBLIC,
  ],
];

/** Words of a text, those within names too: `letterDue` and `LETTER_HOSTS` have `letter`. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .replaceAll(/dead.?letters?|Math\.floor/gi, ' ')
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/),
  );

const retiredIn = (text: string, path = ''): string[] =>
  [...wordsOf(text)].filter(
    (word) =>
      Object.hasOwn(RETIRED, word) ||
      (/^(lib|functions)\//.test(path) && Object.hasOwn(RETIRED_IN_PRODUCT, word)),
  );

const SOURCES = '{lib,functions,infra,scripts,bench,demo,localstack,tests}/**/*.{ts,yml}';
/** This page alone has to say them. */
const THIS = 'tests/unit/glossary.test.ts';

const found = globSync(SOURCES, { cwd: root, exclude: (path) => path === 'node_modules' })
  .filter((path) => path !== THIS)
  .flatMap((path) =>
    retiredIn(`${path}\n${readFileSync(join(root, path), 'utf8')}`, path).map((word) => ({ path, word })),
  );
const allowed = ALLOWED.map(([words, files]) => ({
  words: words.split(' '),
  paths: new Set(globSync(files, { cwd: root })),
}));

test('no name and no comment has a word that the glossary has replaced', () => {
  const back = found.filter(
    ({ path, word }) => !allowed.some(({ words, paths }) => words.includes(word) && paths.has(path)),
  );
  expect(
    back.map(({ path, word }) => `${path} says ${word}: ${RETIRED[word] ?? RETIRED_IN_PRODUCT[word]}`),
  ).toEqual([]);
});

test('every exception is one', () => {
  const idle = allowed.flatMap(({ words, paths }) =>
    words.filter((word) => !found.some((each) => each.word === word && paths.has(each.path))),
  );
  expect(idle).toEqual([]);
});

test('a retired word is found within names of every case, and nothing else is', () => {
  const text = 'const letterDue = LETTER_HOSTS; // whoever hears-it; sendLetter(deadLetter, bookkeeping)';
  expect(retiredIn(text).toSorted()).toEqual(['hears', 'letter']);
  expect(retiredIn('deadLetterQueue, Math.floor(hearts), early seating')).toEqual([]);
});

test('no file of rules is named for being one', () => {
  expect(globSync('{lib,tests/unit}/**/*-rules*.ts', { cwd: root })).toEqual([]);
});
