import type { Plain } from '../store.ts';
import { consumed, consumedByTable, inIndex, Meter, readUnits } from './capacity.ts';
import { checkOperands } from './check-operands.ts';
import { holds } from './condition.ts';
import { NotModelled, ValidationException } from './errors.ts';
import { conditionIn, projectionIn } from './expressions.ts';
import { keyQueryOf } from './key-condition.ts';
import { projectorOf } from './projection.ts';
import { attributesOf, checkNamed, type IndexSchema, type Key } from './schema.ts';
import { type Scope, scopeOf, stepOf } from './scope.ts';
import { itemBytes } from './size.ts';
import type { Entry, Sorted } from './sorted.ts';
import type { Condition, Path } from './syntax.ts';
import { refuseUnknown, type Table } from './table.ts';
import { type Item, toItem } from './values.ts';

const READ = ['TableName', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'] as const;
const GET = new Set([...READ, 'Key', 'ReturnConsumedCapacity']);
const BATCH = new Set(['RequestItems', 'ReturnConsumedCapacity']);
const KEYS = new Set(['Keys', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames']);
const PAGE = [
  ...READ,
  ...(['IndexName', 'FilterExpression', 'ExpressionAttributeValues', 'Limit'] as const),
  ...(['ExclusiveStartKey', 'ReturnConsumedCapacity'] as const),
];
const QUERY = new Set([...PAGE, 'KeyConditionExpression', 'ScanIndexForward']);
const SCAN = new Set(PAGE);

/** GetItem */
export const getItem = (table: Table, input: Plain): Plain => {
  refuseUnknown('GetItem', input, GET);
  const paths = projectionIn(input.ProjectionExpression);
  const project = projectorOf(paths?.tree, scopeOf(input, [paths]));
  const key = toItem(input.Key);
  checkNamed(table.schema, key);
  const found = table.find(key);
  const meter = new Meter();
  if (input.ReturnConsumedCapacity)
    meter.read(input.TableName, undefined, readUnits(found?.bytes ?? 0, input.ConsistentRead === true));
  return {
    $metadata: {},
    ...(found && { Item: project(found.item) }),
    ...consumed(meter.report(input.ReturnConsumedCapacity)),
  };
};

const MOST_KEYS = 100;
const MOST_BATCH_BYTES = 16 * 1024 * 1024;

const keysOf = (table: Table, wanted: Plain): Item[] => {
  refuseUnknown('BatchGetItem', wanted, KEYS);
  const keys = (wanted.Keys as Plain[]).map(toItem);
  const seen = new Set<string>();
  for (const key of keys) {
    checkNamed(table.schema, key);
    const id = JSON.stringify(attributesOf(table.schema).map(({ name }) => key[name]));
    if (seen.has(id)) throw new ValidationException('Provided list of item keys contains duplicates');
    seen.add(id);
  }
  return keys;
};

/** What a batch may read in all. */
class Allowance {
  #bytes = 0;

  /** False once what has been read exceeds 16 MB. */
  takes(entry: Entry | undefined): boolean {
    this.#bytes += entry?.bytes ?? 0;
    return this.#bytes <= MOST_BATCH_BYTES;
  }
}

const getAll = (
  table: Table,
  wanted: Plain,
  { allowance, meter }: { allowance: Allowance; meter: Meter },
) => {
  const paths = projectionIn(wanted.ProjectionExpression);
  const project = projectorOf(paths?.tree, scopeOf(wanted, [paths]));
  const [found, left]: [Item[], Item[]] = [[], []];
  for (const key of keysOf(table, wanted)) {
    const entry = table.find(key);
    if (!allowance.takes(entry)) left.push(key);
    else {
      if (entry) found.push(project(entry.item));
      meter.read(table.schema.name, undefined, readUnits(entry?.bytes ?? 0, wanted.ConsistentRead === true));
    }
  }
  return { found, left };
};

/** BatchGetItem; what does not fit into 16 MB is left for another request. */
export const batchGetItem = (tableOf: (name: string) => Table, input: Plain): Plain => {
  refuseUnknown('BatchGetItem', input, BATCH);
  const wanted = Object.entries(input.RequestItems as Record<string, Plain>);
  const count = wanted.reduce((sum, [, { Keys }]) => sum + Keys.length, 0);
  if (count < 1 || count > MOST_KEYS)
    throw new ValidationException('Too many items requested for BatchGetItem');
  const [meter, allowance] = [new Meter(), new Allowance()];
  const [Responses, UnprocessedKeys]: [Plain, Plain] = [{}, {}];
  for (const [name, each] of wanted) {
    const { found, left } = getAll(tableOf(name), each, { allowance, meter });
    Responses[name] = found;
    if (left.length > 0) UnprocessedKeys[name] = { ...each, Keys: left };
  }
  const used = consumedByTable(meter.report(input.ReturnConsumedCapacity));
  return { $metadata: {}, Responses, UnprocessedKeys, ...used };
};

const MOST_PAGE_BYTES = 1024 * 1024;

/** Entries in reading order, from behind a starting key. */
const startingAfter = (
  entries: readonly Entry[],
  { isForward, order, from }: { isForward: boolean; order: Sorted; from: Item | undefined },
): readonly Entry[] => {
  if (!from) return isForward ? entries : entries.toReversed();
  const at = order.firstNotBefore(entries, from);
  if (!isForward) return entries.slice(0, at).reverse();
  const first = entries[at];
  return entries.slice(first && order.compare(first.item, from) === 0 ? at + 1 : at);
};

const checkFilter = (filter: Condition, key: Key, scope: Scope): void => {
  checkOperands(filter, scope);
  const keys = attributesOf(key).map(({ name }) => name);
  for (const path of pathsIn(filter)) {
    const name = String(stepOf(path[0] ?? '', scope));
    if (keys.includes(name))
      throw new ValidationException(`Filter Expression can only contain non-primary key attributes: ${name}`);
  }
};

const pathsIn = (condition: Condition): Path[] =>
  Object.entries(condition).flatMap(([name, part]): Path[] => {
    if (name === 'path') return [part as Path];
    if (typeof part !== 'object' || part === null) return [];
    return Array.isArray(part) ? part.flatMap(pathsIn) : pathsIn(part as Condition);
  });

interface Reading {
  readonly input: Plain;
  readonly table: Table;
  readonly scope: Scope;
  readonly paths: readonly Path[] | undefined;
  readonly filter: Condition | undefined;
}

/** One page of entries that are in order already. */
const pageOf = (
  { input, table, scope, paths, filter }: Reading,
  candidates: readonly Entry[],
  index: IndexSchema | undefined,
): Plain => {
  if (input.Limit !== undefined && input.Limit < 1) throw new ValidationException('Limit must be at least 1');
  const project = projectorOf(paths, scope);
  const visible = ({ item }: Entry): Item => (index ? (inIndex(index, item) as Item) : item);
  const most = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, candidates.length);
  const items: Item[] = [];
  let [read, bytes] = [0, 0];
  while (read < most) {
    const entry = candidates[read] as Entry;
    const seen = visible(entry);
    const size = seen === entry.item ? entry.bytes : itemBytes(seen);
    if (bytes + size > MOST_PAGE_BYTES) break;
    bytes += size;
    if (!filter || holds(filter, seen, scope)) items.push(project(seen));
    read += 1;
  }
  const last = read < candidates.length || read === input.Limit ? candidates[read - 1]?.item : undefined;
  const names = [...attributesOf(table.schema), ...(index ? attributesOf(index) : [])].map(
    ({ name }) => name,
  );
  const meter = new Meter();
  meter.read(input.TableName, index?.name, readUnits(bytes, input.ConsistentRead === true));
  return {
    $metadata: {},
    ...{ Items: items, Count: items.length, ScannedCount: read },
    ...(last && { LastEvaluatedKey: Object.fromEntries(names.map((name) => [name, last[name]])) }),
    ...consumed(meter.report(input.ReturnConsumedCapacity)),
  };
};

const startKey = (table: Table, key: Key, input: Plain): Item | undefined => {
  if (!input.ExclusiveStartKey) return undefined;
  const from = toItem(input.ExclusiveStartKey);
  const names = new Set([...attributesOf(table.schema), ...attributesOf(key)].map(({ name }) => name));
  if (Object.keys(from).length !== names.size || [...names].some((name) => from[name] === undefined))
    throw new ValidationException('The provided starting key is invalid');
  return from;
};

const indexOf = (schema: Key | IndexSchema): IndexSchema | undefined =>
  'attributes' in schema ? schema : undefined;

/** Query */
export const query = (table: Table, input: Plain): Plain => {
  refuseUnknown('Query', input, QUERY);
  const { schema, entries } = table.ordered(input.IndexName);
  const index = indexOf(schema);
  if (index && input.ConsistentRead)
    throw new ValidationException('Consistent reads are not supported on global secondary indexes');
  const [key, filter] = [conditionIn(input.KeyConditionExpression), conditionIn(input.FilterExpression)];
  const paths = projectionIn(input.ProjectionExpression);
  if (!key) throw new ValidationException('KeyConditionExpression must be specified');
  const scope = scopeOf(input, [key, filter, paths]);
  checkOperands(key.tree, scope);
  if (filter) checkFilter(filter.tree, schema, scope);
  const { partition, among } = keyQueryOf(key.tree, schema, scope);
  const candidates = startingAfter(among(entries.partition(partition)), {
    isForward: input.ScanIndexForward !== false,
    order: entries,
    from: startKey(table, schema, input),
  });
  return pageOf({ input, table, scope, paths: paths?.tree, filter: filter?.tree }, candidates, index);
};

/** Scan, of a table. Its order of partitions is by their keys; DynamoDB's is its own. */
export const scan = (table: Table, input: Plain): Plain => {
  refuseUnknown('Scan', input, SCAN);
  if (input.IndexName !== undefined) throw new NotModelled('scans of an index');
  const [filter, paths] = [conditionIn(input.FilterExpression), projectionIn(input.ProjectionExpression)];
  const scope = scopeOf(input, [filter, paths]);
  if (filter) checkOperands(filter.tree, scope);
  const { entries, schema } = table.ordered(undefined);
  const all = entries.all();
  const from = startKey(table, schema, input);
  const at = from
    ? all.findIndex(({ item }) => attributesOf(schema).every(({ name }) => item[name] === from[name]))
    : -1;
  if (from && at < 0) throw new NotModelled('scans from a key that is not there');
  return pageOf(
    { input, table, scope, paths: paths?.tree, filter: filter?.tree },
    all.slice(at + 1),
    undefined,
  );
};
