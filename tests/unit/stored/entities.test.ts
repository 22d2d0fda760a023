import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Item } from '../../../lib/platform/storage/items.ts';
import { type OfflineRuntime, offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { entities } from '../../support/stored/entities.ts';
import { sampledNames, samplesOf, thingsOf, throughStore } from '../../support/stored/samples.ts';

const root = join(__dirname, '../../..');

let rt: OfflineRuntime;
beforeAll(async () => {
  rt = await offlineRuntime();
});

test('every entity is here, under a name of its own', () => {
  const declared = globSync('lib/**/*.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8').match(/= defineEntity\(/g)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
  expect(new Set(entities.map(({ name }) => name)).size).toBe(declared);
});

test('every entity has samples of what it was once stored as (else: npm run samples)', () => {
  expect(sampledNames().toSorted()).toEqual(entities.map(({ name }) => name).toSorted());
});

describe.each(entities.map((entity) => [entity.name, entity] as const))('%s', (_, entity) => {
  const things = thingsOf(entity);

  test('is found as it was put', () => {
    fc.assert(
      fc.property(things, (thing) => {
        expect(entity.parse(rt, throughStore(entity.toItem(thing)))).toEqual(thing);
      }),
      { numRuns: 60 },
    );
  });

  test('is read as it was stored in all its days (another shape needs a migration)', () => {
    expect(entity.readable(rt, samplesOf(entity)).omitted).toBeUndefined();
  });

  test('is refused without any one of the attributes that it must have, and in a later shape', () => {
    const [thing] = fc.sample(things, 1);
    const item = throughStore(entity.toItem(thing));
    const optional = (name: string): boolean => entity.schema().shape[name]?._zod.optin !== undefined;
    const needed = Object.keys(entity.schema().shape).filter((name) => name in item && !optional(name));
    for (const name of needed) {
      const { [name]: _without, ...rest } = item;
      expect(entity.readable(rt, [rest as Item])).toEqual({ items: [], omitted: 1 });
    }
    expect(entity.readable(rt, [{ ...item, shapeVersion: 99 }])).toEqual({ items: [], omitted: 1 });
  });
});
