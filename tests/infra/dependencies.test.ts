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

const root = join(__dirname, '../..');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

const violations = (cwd: string): string[] => {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', join(cwd, '.dependency-cruiser.cjs'), '-T', 'json', 'functions', 'lib'],
    ],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!run.stdout) throw new Error(run.stderr);
  const { summary } = JSON.parse(run.stdout) as {
    summary: { violations: Violation[]; totalCruised: number };
  };
  expect(summary.totalCruised).toBeGreaterThan(1);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
};

test('nobody imports what they may not', () => {
  expect(violations(root)).toEqual([]);
});

describe('the rules catch', () => {
  let room: string;
  const files = new Map<string, string>();

  const plant = (path: string, text: string): void => {
    files.set(path, text);
    mkdirSync(dirname(join(room, path)), { recursive: true });
    writeFileSync(join(room, path), text);
  };

  beforeAll(() => {
    room = mkdtempSync(join(tmpdir(), 'rotadesk-rules-'));
    cpSync(join(root, '.dependency-cruiser.cjs'), join(room, '.dependency-cruiser.cjs'));
    cpSync(join(root, 'package.json'), join(room, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(room, 'node_modules'));
    for (const path of [
      'lib/sms/send.ts',
      'lib/orders/index.ts',
      'lib/orders/price.ts',
      'lib/admin/index.ts',
    ]) {
      plant(path, 'export const x = 1;\n');
    }
    plant('lib/platform/runtime.ts', 'export const runtime = 1;\n');
    plant('functions/orders/other.queue.ts', 'export const handler = 1;\n');
    plant('localstack/start.ts', 'export const start = 1;\n');
    plant('lib/billing/invoice.ts', 'export const x = 1;\n');
    plant('lib/orders/bridge.ts', "export { x } from '../billing/invoice.ts';\n");
  });

  afterAll(() => rmSync(room, { recursive: true, force: true }));

  test.each([
    [
      'functions-import-their-module-and-the-platform',
      'functions/desk/a.http.ts',
      '../../lib/orders/index.ts',
    ],
    ['functions-import-no-function', 'functions/orders/a.http.ts', './other.queue.ts'],
    ['functions-know-no-aws', 'functions/orders/b.http.ts', '@aws-sdk/client-sqs'],
    ['pure-files-stay-pure', 'lib/orders/plan-route.ts', '../platform/runtime.ts'],
    ['pure-files-stay-pure', 'lib/orders/price-rules.ts', 'node:fs'],
    ['pure-files-stay-pure', 'lib/orders/model.ts', '@middy/core'],
    ['aws-at-the-edges-only', 'lib/orders/place-order.ts', '@aws-sdk/client-dynamodb'],
    ['modules-meet-at-the-door', 'lib/orders/ship.ts', '../sms/send.ts'],
    ['leaf-modules-call-no-domain', 'lib/sms/ask.ts', '../orders/index.ts'],
    ['nobody-imports-admin', 'lib/orders/tell.ts', '../admin/index.ts'],
    ['bets-and-billing-never-meet', 'lib/bets/settle.ts', '../orders/bridge.ts'],
    ['platform-knows-no-domain', 'lib/platform/shortcut.ts', '../orders/index.ts'],
    ['the-product-knows-no-stand-in', 'lib/orders/cheat.ts', '../../localstack/start.ts'],
    ['no-development-dependencies', 'lib/orders/test-only.ts', 'fast-check'],
    ['no-unresolvable', 'lib/orders/lost.ts', './nowhere.ts'],
  ])('%s', (rule, path, target) => {
    plant(path, `import * as it from '${target}';\nexport const y = it;\n`);
    const found = violations(room);
    rmSync(join(room, path));
    expect(found).toContainEqual(expect.stringContaining(`${rule}: ${path} → `));
  });

  test('no-cycles', () => {
    plant('lib/orders/one.ts', "import { two } from './two.ts';\nexport const one = () => two;\n");
    plant('lib/orders/two.ts', "import { one } from './one.ts';\nexport const two = () => one;\n");
    expect(violations(room)).toContainEqual(expect.stringContaining('no-cycles: lib/orders/'));
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

  test.each(globSync('lib/*/{model,*-rules,plan-*}.ts', { cwd: root }))('%s knows no clock', (path) => {
    expect(readFileSync(join(root, path), 'utf8')).not.toMatch(/systemClock|systemIds|console\.|\bRuntime\b/);
  });
});
