import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { mailConfig } from '../../lib/notifications/adapters/transport.ts';
import { authConfig, baseConfig, readConfig, tableName } from '../../lib/platform/config.ts';
import type { Endpoint } from '../../lib/platform/http/declaration.ts';
import { tablesIn } from '../support/tables-in.ts';
import { functions, type Json, named, type PackagedFunction, the } from './support/packaged.ts';

const root = join(__dirname, '../..');

const textOf = (value: Json): string =>
  value['Fn::Sub']?.replaceAll(/\$\{[^}]+\}/g, 'something') ?? `of-${named(value)}`;

/** The environment as the function will see it; a reference stands for some text. */
const environmentOf = ({ environment }: PackagedFunction): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : textOf(value),
    ]),
  );

const sourceOf = ({ properties }: PackagedFunction): string =>
  (properties.Handler as string)
    .replace(/\.handler$/, '')
    .replace(/-(queue|schedule|socket)$/, '.$1')
    .concat('.ts');

/** Our own files in the bundle of each function. */
const contents = async (): Promise<Map<string, string[]>> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: functions.map(sourceOf),
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
  });
  const bundles = Object.values(metafile.outputs).map(
    ({ entryPoint = '', inputs }) => [entryPoint, Object.keys(inputs)] as const,
  );
  return new Map(bundles);
};

let filesOf: Map<string, string[]>;
beforeAll(async () => {
  filesOf = await contents();
});

const uses = (each: PackagedFunction, file: string): boolean =>
  (filesOf.get(sourceOf(each)) ?? []).some((path) => path.startsWith(file));

test.each(functions)('$name has what every function needs', (each) => {
  expect(() => readConfig(baseConfig, environmentOf(each))).not.toThrow();
});

test.each(functions.filter(({ name }) => name.endsWith('-http')))(
  '$name has keys if it asks who calls',
  (each) => {
    const { endpoints = [] } = require(join(root, sourceOf(each))) as { endpoints?: Endpoint[] };
    const asks = endpoints.some(({ declaration }) => declaration.access !== 'public');
    const read = () => readConfig(authConfig, environmentOf(each));
    if (asks) expect(read).not.toThrow();
    else expect(read).toThrow();
  },
);

test.each(functions)('$name knows how e-mails go if it sends them', (each) => {
  if (!uses(each, 'lib/notifications/adapters/transport.ts')) return;
  expect(() => readConfig(mailConfig, environmentOf(each))).not.toThrow();
});

test.each(functions)('$name has a name for each table that its code knows', (each) => {
  const own = (filesOf.get(sourceOf(each)) ?? []).filter((path) => /^lib\/(?!platform\/)/.test(path));
  for (const table of own.flatMap((path) => tablesIn(readFileSync(join(root, path), 'utf8')))) {
    expect(() => tableName(environmentOf(each), table)).not.toThrow();
  }
});

test('every reference in an environment is to a thing of the stack', () => {
  for (const { environment } of functions) {
    for (const [name, value] of Object.entries(environment)) {
      // Where queues are follows from the account and the region alone.
      if (typeof value === 'string' || name === 'QUEUE_BASE') continue;
      expect(() => the(named(value as Json) ?? 'nothing')).not.toThrow();
    }
  }
});

describe('a master secret', () => {
  /** Files that derive or seal. */
  const DERIVING = ['lib/platform/secrets/derive.ts', 'lib/platform/secrets/seal.ts'];

  test.each(functions)('$name has a way to it if, and only if, its code may want it', (each) => {
    const wants = DERIVING.some((file) => uses(each, file));
    expect([each.name, 'MASTER_SECRET_NAME' in each.environment]).toEqual([each.name, wants]);
  });

  test.each(functions)('$name does not carry it', ({ environment }) => {
    expect(environment).not.toHaveProperty('MASTER_SECRET');
  });
});
