import * as fc from 'fast-check';
import type { Plain } from '../engine/store/store.ts';
import {
  anything,
  attributes,
  conditions,
  filters,
  keyConditions,
  numberSets,
  numbers,
  projections,
  textSets,
  texts,
  updates,
  withExpressions,
} from './expressions.ts';

/** One request to a store; tables are named when it is sent. */
export interface StoreCommand {
  readonly operation: string;
  readonly input: Plain;
}

/** One table with an index of each projection; items have few keys, so that they meet. */
export const tableInput = (TableName: string): Plain => {
  const key = (HASH: string, RANGE: string) => [
    { AttributeName: HASH, KeyType: 'HASH' },
    { AttributeName: RANGE, KeyType: 'RANGE' },
  ];
  const index = (IndexName: string, sort: string, Projection: Plain) => ({
    IndexName,
    KeySchema: key('g', sort),
    Projection,
  });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'g', 'h'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [
      index('keys', 'h', { ProjectionType: 'KEYS_ONLY' }),
      index('some', 'h', { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n', 'm'] }),
      index('everything', 'sk', { ProjectionType: 'ALL' }),
    ],
  };
};

const partitions = fc.constantFrom('p', 'q');
/** Most of them are few, so that commands meet items. */
const sorts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'ab') },
  fc.constantFrom('z', '\u{FFFD}', '\u{1F600}', '\u{E9}', 'sk9', 'sk10'),
);
const goodKey = fc.record({ pk: partitions, sk: sorts });
const badKey: fc.Arbitrary<Plain> = fc.constantFrom<Plain>(
  { pk: 'p' },
  { pk: 'p', sk: '' },
  { pk: 'p', sk: 1 },
  { pk: 'p', sk: 'a', n: 1 },
  { pk: 'p'.repeat(2049), sk: 'a' },
  { pk: 'p', sk: 's'.repeat(1025) },
);
const key: fc.Arbitrary<Plain> = fc.oneof({ weight: 25, arbitrary: goodKey }, badKey);

const ofTheirType: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  n: numbers,
  count: numbers,
  t: texts,
  state: texts,
  m: fc.record({ x: anything, y: anything, z: numbers }, { requiredKeys: ['z'] }),
  l: fc.array(anything, { maxLength: 4 }),
  ss: textSets,
  ns: numberSets,
  nothing: fc.oneof(fc.constant(null), anything),
};
const asUsual = fc.record(
  Object.fromEntries(attributes.map((name) => [name, ofTheirType[name] ?? anything])),
  { requiredKeys: ['m', 'l', 'n', 'count', 't', 'ss', 'ns'] },
);
const inIndexes = fc.record(
  {
    g: fc.oneof({ weight: 30, arbitrary: fc.constantFrom('p', 'q') }, texts, fc.constant(1)),
    h: fc.oneof({ weight: 30, arbitrary: sorts }, texts, fc.constant(null)),
  },
  { requiredKeys: [] },
);
/** Around the edges of units, pages and the greatest size. */
/** So many characters, which are there only when the item is sent. */
const padded = (pad: number): Plain => ({ pad });
const pad = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Plain>({}) },
  { weight: 4, arbitrary: fc.integer({ min: 850, max: 1000 }).map(padded) },
  fc.constantFrom(4000, 5000, 300_000, 409_300, 409_600).map(padded),
);
const item: fc.Arbitrary<Plain> = fc
  .tuple(goodKey, asUsual, inIndexes, pad)
  .map((parts) => Object.assign({}, ...parts) as Plain);

const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(of, { nil: undefined, freq: 2 });
const onFailure = fc.constantFrom<Plain>({}, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
const capacity = fc.constantFrom<Plain>(
  {},
  { ReturnConsumedCapacity: 'TOTAL' },
  { ReturnConsumedCapacity: 'INDEXES' },
);
const consistency = fc.constantFrom<Plain>({}, { ConsistentRead: true });

const command = (operation: string, input: fc.Arbitrary<Plain>): fc.Arbitrary<StoreCommand> =>
  fc.tuple(input, capacity).map(([own, units]) => ({ operation, input: { ...own, ...units } }));

const conditional = (request: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc
    .tuple(request, maybe(conditions), onFailure)
    .map(([own, condition, how]) =>
      condition ? withExpressions({ ...own, ...how }, { ConditionExpression: condition }) : own,
    );

const put = conditional(item.map((Item) => ({ Item })));
const remove = conditional(key.map((Key) => ({ Key })));
const update = fc
  .tuple(key, updates, maybe(conditions), onFailure)
  .map(([Key, UpdateExpression, ConditionExpression, how]) =>
    withExpressions(
      { Key, ...(ConditionExpression && how) },
      {
        UpdateExpression,
        ...(ConditionExpression && { ConditionExpression }),
      },
    ),
  );
const check = fc
  .tuple(key, conditions, onFailure)
  .map(([Key, ConditionExpression, how]) => withExpressions({ Key, ...how }, { ConditionExpression }));

const action = fc.oneof(
  { weight: 3, arbitrary: put.map((Put): Plain => ({ Put })) },
  { weight: 3, arbitrary: update.map((Update): Plain => ({ Update })) },
  remove.map((Delete): Plain => ({ Delete })),
  check.map((ConditionCheck): Plain => ({ ConditionCheck })),
);
const tooMany = fc.constant(
  Array.from({ length: 101 }, (_, index): Plain => ({ Delete: { Key: { pk: 'p', sk: `s${index}` } } })),
);
const tooMuch = fc.constant(
  Array.from(
    { length: 11 },
    (_, index): Plain => ({ Put: { Item: { pk: 'q', sk: `s${index}`, ...padded(390_000) } } }),
  ),
);
const idOf = (each: Plain): string => {
  const [inner] = Object.values(each) as Plain[];
  return JSON.stringify([inner?.Item?.pk ?? inner?.Key?.pk, inner?.Item?.sk ?? inner?.Key?.sk]);
};
const actions = fc.oneof(
  { weight: 90, arbitrary: fc.uniqueArray(action, { minLength: 1, maxLength: 5, selector: idOf }) },
  { weight: 10, arbitrary: fc.array(action, { maxLength: 4 }) },
  tooMany,
  tooMuch,
);
const transaction = fc
  .tuple(actions, maybe(fc.constantFrom('one', 'two', 'three')))
  .map(([TransactItems, token]): Plain => ({ TransactItems, ...(token && { ClientRequestToken: token }) }));

const get = fc
  .tuple(key, maybe(projections), consistency)
  .map(([Key, projection, how]) =>
    withExpressions({ Key, ...how }, projection ? { ProjectionExpression: projection } : {}),
  );
const batch = fc.tuple(fc.array(key, { maxLength: 4 }), maybe(projections), consistency).map(
  ([Keys, projection, how]): Plain => ({
    RequestItems: withExpressions({ Keys, ...how }, projection ? { ProjectionExpression: projection } : {}),
  }),
);

const page = fc.record(
  { Limit: fc.constantFrom(1, 2, 3, 10), ScanIndexForward: fc.boolean() },
  { requiredKeys: [] },
);
const tableQuery = fc.tuple(
  fc.oneof(
    { weight: 20, arbitrary: keyConditions('pk', 'sk', fc.oneof(partitions, sorts)) },
    keyConditions('sk', 'n', partitions),
    keyConditions('pk', 'n', partitions),
  ),
  consistency,
  maybe(goodKey.map((ExclusiveStartKey) => ({ ExclusiveStartKey }))),
);
const indexQuery = fc.oneof(
  fc.tuple(
    keyConditions('g', 'h', fc.oneof(partitions, sorts)),
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom<Plain>({ IndexName: 'keys' }, { IndexName: 'some' }) },
      fc.constantFrom<Plain>({ IndexName: 'keys', ConsistentRead: true }, { IndexName: 'missing' }),
    ),
    maybe(
      fc
        .record({ pk: partitions, sk: sorts, g: partitions, h: sorts })
        .map((ExclusiveStartKey) => ({ ExclusiveStartKey })),
    ),
  ),
  fc.tuple(
    keyConditions('g', 'sk', fc.oneof(partitions, sorts)),
    fc.constantFrom<Plain>({ IndexName: 'everything' }, { IndexName: 'everything', ConsistentRead: false }),
    maybe(
      fc
        .record({ pk: partitions, sk: sorts, g: partitions })
        .map((ExclusiveStartKey) => ({ ExclusiveStartKey })),
    ),
  ),
);
const query = fc
  .tuple(fc.oneof(tableQuery, indexQuery), page, maybe(filters), maybe(projections))
  .map(([[KeyConditionExpression, how, from], options, filter, projection]) =>
    withExpressions(
      { ...how, ...options, ...from },
      {
        KeyConditionExpression,
        ...(filter && { FilterExpression: filter }),
        ...(projection && { ProjectionExpression: projection }),
      },
    ),
  );
const scan = fc.record({ Limit: fc.constantFrom(1, 3) }, { requiredKeys: [] }) as fc.Arbitrary<Plain>;

const returning =
  (among: readonly string[]) =>
  (request: Plain): fc.Arbitrary<Plain> =>
    maybe(fc.constantFrom(...among)).map((ReturnValues) => ({
      ...request,
      ...(ReturnValues && { ReturnValues }),
    }));

const OLD_OR_NEW = ['ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'];
const anyCommand = fc.oneof(
  { weight: 6, arbitrary: command('PutItem', put.chain(returning(['ALL_OLD', 'NONE']))) },
  { weight: 8, arbitrary: command('UpdateItem', update.chain(returning(OLD_OR_NEW))) },
  { weight: 2, arbitrary: command('DeleteItem', remove.chain(returning(['ALL_OLD', 'ALL_NEW']))) },
  { weight: 6, arbitrary: command('TransactWriteItems', transaction) },
  { weight: 2, arbitrary: command('GetItem', get) },
  { weight: 2, arbitrary: command('BatchGetItem', batch) },
  { weight: 8, arbitrary: command('Query', query) },
  { weight: 1, arbitrary: command('Scan', scan) },
);
const first = command(
  'PutItem',
  item.map((Item): Plain => ({ Item })),
);
/** More of a partition than fits on one page. */
const large: StoreCommand[] = ['a', 'ab', 'b', 'z', 'sk9'].map((sk) => ({
  operation: 'PutItem',
  input: { Item: { pk: 'p', sk, g: 'q', h: sk, n: 1, ...padded(300_000) } },
}));

const everything: StoreCommand[] = [{ operation: 'Scan', input: {} }];

/** A few items, then writes and reads of every kind, most of which a store takes, and a look at what came of them. */
export const commands: fc.Arbitrary<StoreCommand[]> = fc
  .tuple(
    fc.oneof({ weight: 15, arbitrary: fc.array(first, { maxLength: 8, size: 'max' }) }, fc.constant(large)),
    fc.array(anyCommand, { minLength: 1, maxLength: 30, size: 'max' }),
    fc.constant(everything),
  )
  .map((parts) => parts.flat());
