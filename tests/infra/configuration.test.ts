import { join } from 'node:path';
import { build } from 'esbuild';
import { authConfig, baseConfig, queueUrl, readConfig, tableName } from '../../lib/platform/config.ts';
import type { Endpoint } from '../../lib/platform/http/declaration.ts';
import { eventRoutes } from '../../lib/platform/outbox/routes.ts';
import { functions, type Json, named, type PackagedFunction, the } from './support/packaged.ts';

const root = join(__dirname, '../..');

/** The environment as the function will see it; a reference stands for some text. */
const environmentOf = ({ environment }: PackagedFunction): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : `of-${named(value)}`,
    ]),
  );

const sourceOf = ({ properties }: PackagedFunction): string =>
  (properties.Handler as string)
    .replace(/\.handler$/, '')
    .replace(/-(queue|schedule)$/, '.$1')
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

test.each(functions)('$name has a name for each table that its code knows', (each) => {
  for (const module of ['desk', 'admin'] as const) {
    if (!uses(each, `lib/${module}/repository`)) continue;
    expect(() => tableName(environmentOf(each), module)).not.toThrow();
  }
});

test.each(functions.filter(({ name }) => /-(http|dispatch|timer|ticket|over|outbox)$/.test(name)))(
  '$name has an address for each queue that it relays to',
  (each) => {
    if (!uses(each, 'lib/platform/outbox/send.ts')) return;
    const [module = ''] = each.name.split('-');
    const own = Object.entries(eventRoutes).filter(
      ([type]) => module === 'platform' || type.startsWith(`${module}.`) || type.startsWith('audit.'),
    );
    if (!own.some(([type]) => type.startsWith(`${module}.`)) && module !== 'platform') return;
    for (const name of new Set(own.flatMap(([, names]) => names))) {
      expect(() => queueUrl(environmentOf(each), name)).not.toThrow();
    }
  },
);

test('every reference in an environment is to a thing of the stack', () => {
  for (const { environment } of functions) {
    for (const value of Object.values(environment)) {
      if (typeof value !== 'string') expect(() => the(named(value as Json) ?? 'nothing')).not.toThrow();
    }
  }
});
