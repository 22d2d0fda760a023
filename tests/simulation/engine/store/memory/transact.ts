import { type CancellationReason, IdempotentParameterMismatchException } from '@aws-sdk/client-dynamodb';
import type { Plain } from '../store.ts';
import { consumedByTable, Meter, readUnits } from './capacity.ts';
import { ValidationException } from './errors.ts';
import { cancelled, failedCondition } from './failures.ts';
import { areSame } from './order.ts';
import { attributesOf } from './schema.ts';
import { itemBytes } from './size.ts';
import type { Entry } from './sorted.ts';
import { refuseUnknown, type Table } from './table.ts';
import { type Item, toStored } from './values.ts';
import { isMet, prepare, type Write, writeKindOf } from './write.ts';

const KNOWN = new Set(['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity']);
const MOST_ACTIONS = 100;
const MOST_BYTES = 4 * 1024 * 1024;

/** A write and what it met. */
interface Met {
  readonly write: Write;
  readonly before: Entry | undefined;
  readonly reason: CancellationReason;
  readonly next: Item | undefined;
}

const NONE: CancellationReason = { Code: 'None' };

const meet = (write: Write): Met => {
  const before = write.table.find(write.key);
  if (!isMet(write, before?.item)) {
    const reason = failedCondition(write.returnsOldOnFailure ? before?.item : undefined);
    return { write, before, reason, next: undefined };
  }
  try {
    return { write, before, reason: NONE, next: write.next(before?.item) };
  } catch (error) {
    if (!(error instanceof ValidationException)) throw error;
    return { write, before, reason: { Code: 'ValidationError', Message: error.message }, next: undefined };
  }
};

const checkDistinct = (writes: readonly Write[]): void => {
  const seen = new Set<string>();
  for (const { table, key } of writes) {
    const id = JSON.stringify([
      table.schema.name,
      ...attributesOf(table.schema).map(({ name }) => key[name]),
    ]);
    if (seen.has(id))
      throw new ValidationException('Transaction request cannot include multiple operations on one item');
    seen.add(id);
  }
};

/** Transactions that came with a token, as long as the model lives. */
export class Transactions {
  readonly #tableOf: (name: string) => Table;
  readonly #done = new Map<string, readonly Plain[]>();

  constructor(tableOf: (name: string) => Table) {
    this.#tableOf = tableOf;
  }

  /** TransactWriteItems: all or nothing, and once for each token. */
  write(input: Plain): Plain {
    refuseUnknown('TransactWriteItems', input, KNOWN);
    const { TransactItems: items, ClientRequestToken: token } = input;
    if (items.length < 1 || items.length > MOST_ACTIONS)
      throw new ValidationException(`1 to ${MOST_ACTIONS} transactItems, not ${items.length}`);
    const writes = (items as Plain[]).map((item) => {
      const [kind, action] = writeKindOf(item);
      return prepare(this.#tableOf(action.TableName), kind, action);
    });
    checkDistinct(writes);
    const done = token === undefined ? undefined : this.#done.get(token);
    if (done) return this.#again(input, done, writes);
    const met = writes.map(meet);
    if (met.some(({ reason }) => reason !== NONE)) throw cancelled(met.map(({ reason }) => reason));
    if (met.reduce((bytes, { next }) => bytes + (next ? itemBytes(next) : 0), 0) > MOST_BYTES)
      throw new ValidationException('Transaction size exceeded the limit of 4 MB');
    const meter = new Meter();
    for (const { write, before, next } of met) {
      const isWritten = next !== before?.item;
      const after = isWritten ? write.table.replace(before, next) : before;
      if (input.ReturnConsumedCapacity) meter.write(write.table, { before, after }, 2);
    }
    if (token !== undefined) this.#done.set(token, items);
    return { $metadata: {}, ...consumedByTable(meter.report(input.ReturnConsumedCapacity, 'Write')) };
  }

  #again(input: Plain, done: readonly Plain[], writes: readonly Write[]): Plain {
    if (!areSame(toStored(done), toStored(input.TransactItems)))
      throw new IdempotentParameterMismatchException({
        message: 'The token was used with other parameters',
        $metadata: {},
      });
    const meter = new Meter();
    for (const { table, key } of writes)
      meter.read(table.schema.name, undefined, 2 * readUnits(table.find(key)?.bytes ?? 0, true));
    return { $metadata: {}, ...consumedByTable(meter.report(input.ReturnConsumedCapacity, 'Read')) };
  }
}
