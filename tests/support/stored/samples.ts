import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import * as z from 'zod';
import type { Item } from '../../../lib/platform/storage/items.ts';
import type { AnyEntity } from './entities.ts';
import { storedValues } from './schema-values.ts';

const folder = join(import.meta.dirname, 'samples');
const COUNT = 4;

/** Things that an entity can hold. */
export const thingsOf = (entity: AnyEntity): fc.Arbitrary<unknown> =>
  storedValues(entity.schema()).map((stored) => z.decode(entity.schema() as z.ZodType, stored));

/** As the store keeps it: what is undefined is not there, numbers are text, bytes are bytes. */
export const throughStore = (item: Item): Item =>
  unmarshall(marshall(item, { removeUndefinedValues: true })) as Item;

const bytesAsText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
const textAsBytes = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'base64' in value
    ? Buffer.from(String(value.base64), 'base64')
    : value;

const fileOf = (name: string): string => join(folder, `${name}.json`);

/** Items as this entity was stored in all its days. */
export const samplesOf = ({ name }: AnyEntity): Item[] => {
  const samples = JSON.parse(readFileSync(fileOf(name), 'utf8'), textAsBytes) as Record<
    string,
    AttributeValue
  >[];
  return samples.map((sample) => unmarshall(sample) as Item);
};

export const sampledNames = (): string[] =>
  globSync('*.json', { cwd: folder }).map((file) => basename(file, '.json'));

/** Keeps samples of those that have none yet. What was stored once is stored for good, so none is ever written anew. */
export const addSamples = (entities: readonly AnyEntity[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const entity of entities.filter(({ name }) => !existsSync(fileOf(name)))) {
    const things = fc.sample(thingsOf(entity), { numRuns: COUNT, seed: 1 });
    const samples = things.map((thing) => marshall(entity.toItem(thing), { removeUndefinedValues: true }));
    const lines = samples.map((sample) => JSON.stringify(sample, bytesAsText));
    writeFileSync(fileOf(entity.name), `[\n${lines.join(',\n')}\n]\n`);
  }
};
