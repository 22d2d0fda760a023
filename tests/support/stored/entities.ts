import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { signInSettings } from '../../../lib/identity/settings/catalogue.ts';
import { proposalEntity } from '../../../lib/platform/approvals/proposals-repository.ts';
import { givenSumEntity } from '../../../lib/platform/approvals/sums.ts';
import { recordsOf } from '../../../lib/platform/settings/settings-repository.ts';
import type { Entity } from '../../../lib/platform/storage/entity.ts';

/** An entity with its types forgotten. */
// biome-ignore lint/suspicious/noExplicitAny: a function of any thing takes every thing
export type AnyEntity = Pick<Entity<any, any>, 'name' | 'schema' | 'parse' | 'readable' | 'toItem'>;

const root = join(import.meta.dirname, '../../..');
const load = createRequire(join(root, 'tests/support/stored/entities.ts'));

const isEntity = (value: unknown): value is AnyEntity =>
  typeof value === 'object' && value !== null && 'readable' in value && 'toItem' in value;

/** Every entity there is: what the files that say `defineEntity(` export. A test finds one that is not exported. */
export const entities: readonly AnyEntity[] = [
  ...globSync('lib/**/*.ts', { cwd: root })
    .toSorted()
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('= defineEntity('))
    .flatMap((file) => Object.values(load(join(root, file)) as Record<string, unknown>))
    .filter(isEntity),
  // All settings have one form.
  recordsOf(signInSettings),
  // So have proposals, whichever module's.
  proposalEntity('sms'),
  givenSumEntity('sms'),
];
