import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { moduleDefinitions } from '../../infra/module-definitions.ts';
import {
  arrowsOf,
  type CruisedFile,
  cycleIn,
  moduleGraph,
  publishedOfOthers,
} from './support/module-graph.ts';

const root = join(__dirname, '../..');

const { pureFiles } = require('../../scripts/lint/pure-files.cjs') as {
  pureFiles: (root: string) => readonly string[];
};

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

interface Cruise {
  readonly violations: readonly string[];
  readonly files: readonly CruisedFile[];
  /** As `publishedOfOthers` gives it. */
  readonly published: readonly string[];
}

const cruise = (cwd: string): Cruise => {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', join(cwd, '.dependency-cruiser.cjs'), '-T', 'json', 'functions', 'lib'],
    ],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!run.stdout) throw new Error(run.stderr);
  const { summary, modules } = JSON.parse(run.stdout) as {
    summary: { violations: Violation[]; totalCruised: number };
    modules: CruisedFile[];
  };
  expect(summary.totalCruised).toBeGreaterThan(1);
  const violations = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  const textOf = (source: string) => readFileSync(join(cwd, source), 'utf8');
  return { violations, files: modules, published: publishedOfOthers(modules, textOf) };
};

let product: Cruise;
beforeAll(() => {
  product = cruise(root);
});

test('nobody imports what they may not', () => {
  expect(product.violations).toEqual([]);
});

test('a module publishes events of another one only if it says so in its module.ts', async () => {
  const said = (await moduleDefinitions()).flatMap(({ name, alsoPublishes = [] }) =>
    alsoPublishes.map((event) => `${name} → ${event.name.split('.')[0]}`),
  );
  const ofModules = said.filter((arrow) => !/ → (?:auth|approvals|connection)$/.test(arrow));
  expect(product.published).toEqual([...new Set(ofModules)].toSorted());
});

/** Each file breaks a rule by the one import that it has. All stand in one tree, which is looked at once. */
const FORBIDDEN = [
  ['functions-import-their-module-and-the-platform', 'functions/desk/a.http.ts', '../../lib/orders/index.ts'],
  ['functions-import-no-function', 'functions/orders/a.http.ts', './other.queue.ts'],
  ['functions-know-no-aws', 'functions/orders/b.http.ts', '@aws-sdk/client-sqs'],
  ['pure-files-stay-pure', 'lib/orders/plan-route.ts', '../platform/runtime.ts'],
  ['pure-files-stay-pure', 'lib/orders/price.ts', 'node:fs'],
  ['pure-files-stay-pure', 'lib/orders/model.ts', '@middy/core'],
  ['aws-at-the-edges-only', 'lib/orders/place-order.ts', '@aws-sdk/client-dynamodb'],
  ['modules-meet-by-events', 'lib/orders/ship.ts', '../sms/send.ts'],
  ['replay-reads-the-desk-by-its-reader', 'lib/replay/run.ts', '../desk/dispatch/run.ts'],
  ['only-replay-reads-the-desk', 'lib/desk/run.ts', './reader.ts'],
  ['live-reads-modules-by-their-live-reader', 'lib/live/look.ts', '../desk/dispatch/run.ts'],
  ['only-live-asks-live-readers', 'lib/orders/look.ts', '../desk/live-reader.ts'],
  ['leaf-modules-call-no-domain', 'lib/sms/ask.ts', '../orders/index.ts'],
  ['nobody-imports-audit-or-admin', 'lib/orders/tell.ts', '../admin/index.ts'],
  ['nobody-imports-audit-or-admin', 'lib/orders/note.ts', '../audit/find.ts'],
  ['nobody-imports-notifications', 'lib/orders/write.ts', '../notifications/events.ts'],
  ['bets-and-billing-never-meet', 'lib/bets/settle.ts', '../orders/bridge.ts'],
  ['platform-knows-no-domain', 'lib/platform/shortcut.ts', '../orders/index.ts'],
  ['the-product-knows-no-stand-in', 'lib/orders/cheat.ts', '../../localstack/start.ts'],
  ['no-development-dependencies', 'lib/orders/test-only.ts', 'fast-check'],
  ['no-unresolvable', 'lib/orders/lost.ts', './nowhere.ts'],
  ['no-cycles', 'lib/orders/one.ts', './two.ts'],
] as const;

const INNOCENT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'lib/sms/send.ts',
      'lib/desk/reader.ts',
      'lib/desk/live-reader.ts',
      'lib/desk/dispatch/run.ts',
      'lib/orders/index.ts',
      'lib/admin/index.ts',
      'lib/audit/find.ts',
      'lib/billing/invoice.ts',
      'lib/notifications/events.ts',
    ].map((path) => [path, 'export const x = 1;\n']),
  ),
  'lib/platform/runtime.ts': 'export const runtime = 1;\n',
  'functions/orders/other.queue.ts': 'export const handler = 1;\n',
  'localstack/start.ts': 'export const start = 1;\n',
  'lib/orders/bridge.ts': "export { x } from '../billing/invoice.ts';\n",
  'lib/orders/two.ts': "import * as it from './one.ts';\nexport const y = it;\n",
  // Each of these is allowed by itself; together they are a cycle of three modules.
  'lib/parcels/track.ts': "import type * as it from '../routes/events.ts';\nexport type Y = typeof it;\n",
  'lib/parcels/events.ts': 'export const x = 1;\n',
  'lib/routes/events.ts': 'export const x = 1;\n',
  'lib/routes/plan.ts': "import * as it from '../depots/events.ts';\nexport const y = it;\n",
  'lib/depots/events.ts': 'export const x = 1;\n',
  'functions/depots/consume.queue.ts':
    "import * as it from '../../lib/parcels/events.ts';\nexport const handler = it;\n",
};

describe('the rules catch', () => {
  let planted: Cruise;
  let found: readonly string[];

  beforeAll(() => {
    const room = mkdtempSync(join(tmpdir(), 'rotadesk-rules-'));
    const plant = (path: string, text: string): void => {
      mkdirSync(dirname(join(room, path)), { recursive: true });
      writeFileSync(join(room, path), text);
    };
    try {
      cpSync(join(root, '.dependency-cruiser.cjs'), join(room, '.dependency-cruiser.cjs'));
      mkdirSync(join(room, 'scripts/lint'), { recursive: true });
      cpSync(join(root, 'scripts/lint/pure-files.cjs'), join(room, 'scripts/lint/pure-files.cjs'));
      cpSync(join(root, 'package.json'), join(room, 'package.json'));
      symlinkSync(join(root, 'node_modules'), join(room, 'node_modules'));
      for (const [path, text] of Object.entries(INNOCENT)) plant(path, text);
      for (const [rule, path, target] of FORBIDDEN) {
        const mark = rule === 'pure-files-stay-pure' && path.endsWith('/price.ts') ? '// @pure\n\n' : '';
        plant(path, `${mark}import * as it from '${target}';\nexport const y = it;\n`);
      }
      planted = cruise(room);
      found = planted.violations;
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  });

  test.each(FORBIDDEN)('%s: %s may not import %s', (rule, path) => {
    expect(found).toContainEqual(expect.stringContaining(`${rule}: ${path} → `));
  });

  test('modules that need each other, through a third one’s consumer', () => {
    const graph = new Map(
      [...moduleGraph(planted.files)].filter(([name]) => /^(parcels|routes|depots)$/.test(name)),
    );
    expect(arrowsOf(graph)).toEqual(['depots → parcels', 'parcels → routes', 'routes → depots']);
    expect(cycleIn(graph)).toHaveLength(4);
    graph.delete('depots');
    expect(cycleIn(graph)).toBeUndefined();
  });

  test('an event of another module that is imported to be published', () => {
    expect(planted.published).toContain('routes → depots');
    // A type alone publishes nothing, and a consumer only receives.
    expect(planted.published).not.toContain('parcels → routes');
    expect(planted.published).not.toContain('depots → parcels');
  });

  test('every rule that there is', () => {
    const { forbidden } = require(join(root, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
    const caught = new Set<string>(FORBIDDEN.map(([rule]) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
  });

  test('nothing in files that break no rule', () => {
    // The bridge comes in by another import, so that bets and billing meet through a third.
    const guilty = new Set<string>([...FORBIDDEN.map(([, path]) => path), 'lib/orders/bridge.ts']);
    const blamed = found.map((each) => each.split(/: | → /)[1] ?? '');
    expect(blamed.filter((path) => !guilty.has(path))).toEqual([]);
  });
});

describe('time, chance and the environment come in from outside', () => {
  const SOURCES: Readonly<Record<string, RegExp>> = {
    'lib/platform/clock.ts': /Date\.now|new Date\(\)|setTimeout/,
    'lib/platform/ids.ts': /Math\.random|randomUUID|\bv7\(/,
    'lib/platform/log.ts': /Date\.now/,
    'lib/platform/config.ts': /process\.env/,
    // A time-out of a real connection, which no test's clock can hold up.
    'lib/notifications/adapters/smtp.ts': /setTimeout/,
  };
  const ANY = /Date\.now|new Date\(\)|Math\.random|randomUUID|process\.env|\bsetTimeout\(|\bv[47]\(\)/;

  test.each(globSync('{lib,functions}/**/*.ts', { cwd: root }))('%s', (path) => {
    const code = readFileSync(join(root, path), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/\/\/.*$/gm, '');
    const own = SOURCES[path];
    const taken = code.split('\n').filter((line) => ANY.test(line) && !own?.test(line));
    expect(taken).toEqual([]);
  });

  test.each([...globSync('lib/**/{model,plan-*}.ts', { cwd: root }), ...pureFiles(root)])(
    '%s knows no clock',
    (path) => {
      expect(readFileSync(join(root, path), 'utf8')).not.toMatch(
        /systemClock|systemIds|console\.|\bRuntime\b/,
      );
    },
  );
});
