import type { Plain } from '../store.ts';
import { consumed, Meter } from './capacity.ts';
import { checkOperands } from './check-operands.ts';
import { holds } from './condition.ts';
import { NotModelled, ValidationException } from './errors.ts';
import { conditionIn, updateIn } from './expressions.ts';
import { conditionFailed } from './failures.ts';
import { projectorOf } from './projection.ts';
import { attributesOf, checkIndexKeys, checkKey, checkNamed } from './schema.ts';
import { type Scope, scopeOf } from './scope.ts';
import { itemBytes } from './size.ts';
import type { Entry } from './sorted.ts';
import type { Condition, Path } from './syntax.ts';
import { refuseUnknown, type Table } from './table.ts';
import { checkActions, updatedItem } from './update.ts';
import { copyOf, type Item, toItem } from './values.ts';

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write that makes sense by itself; what it does depends on the item it meets. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition | undefined;
  readonly scope: Scope;
  readonly returnsOldOnFailure: boolean;
  /** What an update touches. */
  readonly touched: readonly Path[];
  /** The item afterwards; undefined: there is none. Throws ValidationException. */
  next(old: Item | undefined): Item | undefined;
}

const CONDITIONAL = [
  ...(['TableName', 'ConditionExpression', 'ExpressionAttributeNames'] as const),
  ...(['ExpressionAttributeValues', 'ReturnValuesOnConditionCheckFailure'] as const),
];
const known: Readonly<Record<WriteKind, ReadonlySet<string>>> = {
  Put: new Set([...CONDITIONAL, 'Item']),
  Update: new Set([...CONDITIONAL, 'Key', 'UpdateExpression']),
  Delete: new Set([...CONDITIONAL, 'Key']),
  ConditionCheck: new Set([...CONDITIONAL, 'Key']),
};

const MOST_BYTES = 400 * 1024;

const checkBytes = (item: Item): void => {
  if (itemBytes(item) > MOST_BYTES)
    throw new ValidationException('Item size has exceeded the maximum allowed size');
};

const checked = (table: Table, item: Item): Item => {
  checkIndexKeys(table.schema, item);
  checkBytes(item);
  return item;
};

/** Throws ValidationException for a write that makes no sense whatever item it meets. */
export const prepare = (table: Table, kind: WriteKind, input: Plain): Write => {
  refuseUnknown(kind, input, known[kind]);
  const condition = conditionIn(input.ConditionExpression);
  const update = updateIn(input.UpdateExpression);
  const scope = scopeOf(input, [condition, update]);
  if (condition) checkOperands(condition.tree, scope);
  const actions = update?.tree ?? [];
  checkActions(
    actions,
    scope,
    attributesOf(table.schema).map(({ name }) => name),
  );
  const key = toItem(kind === 'Put' ? input.Item : input.Key);
  if (kind === 'Put') {
    checkKey(table.schema, key);
    checked(table, key);
  } else checkNamed(table.schema, key);
  if (kind === 'ConditionCheck' && !condition) throw new ValidationException('A check needs a condition');
  return {
    ...{ table, key, scope, condition: condition?.tree, touched: actions.map(({ path }) => path) },
    returnsOldOnFailure: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
    next: (old) => {
      if (kind === 'Delete') return undefined;
      if (kind === 'ConditionCheck') return old;
      return kind === 'Put' ? key : checked(table, updatedItem(actions, old ?? key, scope));
    },
  };
};

export const isMet = ({ condition, scope }: Write, old: Item | undefined): boolean =>
  !condition || holds(condition, old, scope);

const kinds = { PutItem: 'Put', UpdateItem: 'Update', DeleteItem: 'Delete' } as const;
export type SingleWrite = keyof typeof kinds;

const RETURNED: Readonly<Record<SingleWrite, readonly string[]>> = {
  PutItem: ['NONE', 'ALL_OLD'],
  UpdateItem: ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'],
  DeleteItem: ['NONE', 'ALL_OLD'],
};

const returned = (
  wanted: string,
  write: Write,
  entries: { before?: Entry | undefined; after?: Entry | undefined },
): Plain => {
  if (wanted === 'NONE') return {};
  const entry = wanted.endsWith('OLD') ? entries.before : entries.after;
  const project = wanted.startsWith('UPDATED') ? projectorOf(write.touched, write.scope) : copyOf;
  const item = entry && project(entry.item);
  return item && Object.keys(item).length > 0 ? { Attributes: item } : {};
};

/** PutItem, UpdateItem, DeleteItem */
export const writeItem = (table: Table, operation: SingleWrite, input: Plain): Plain => {
  const { ReturnValues = 'NONE', ReturnConsumedCapacity, ...action } = input;
  if (!RETURNED[operation].includes(ReturnValues))
    throw new ValidationException(`Value '${ReturnValues}' at 'returnValues' failed to satisfy constraint`);
  const write = prepare(table, kinds[operation], action);
  if (ReturnValues.startsWith('UPDATED') && write.touched.some((path) => path.length > 1))
    throw new NotModelled(`${ReturnValues} of an update within an attribute`);
  const before = table.find(write.key);
  if (!isMet(write, before?.item))
    throw conditionFailed(write.returnsOldOnFailure ? before?.item : undefined);
  const after = table.replace(before, write.next(before?.item));
  const meter = new Meter();
  if (ReturnConsumedCapacity) meter.write(table, { before, after }, 1);
  return {
    $metadata: {},
    ...returned(ReturnValues, write, { before, after }),
    ...consumed(meter.report(ReturnConsumedCapacity)),
  };
};

export const writeKindOf = (item: Plain): [WriteKind, Plain] => {
  const [entry, ...more] = Object.entries(item).filter(([, action]) => action !== undefined);
  if (!entry || more.length > 0) throw new ValidationException('TransactItems can only contain one of each');
  if (!(entry[0] in known)) throw new NotModelled(`${entry[0]} in a transaction`);
  return entry as [WriteKind, Plain];
};
