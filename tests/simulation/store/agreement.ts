import { isDeepStrictEqual } from 'node:util';
import type { Plain } from '../engine/store/store.ts';
import type { StoreCommand } from './commands.ts';
import type { Outcome } from './outcome.ts';

interface Seen {
  readonly command: StoreCommand;
  readonly embedded: Outcome;
  readonly memory: Outcome;
}

const attributesIn = (outcome: Outcome): Plain =>
  'answer' in outcome ? ((outcome.answer as Plain).Attributes ?? {}) : {};

const LATER = [
  'TransactionCanceledException',
  'ConditionalCheckFailedException',
  'IdempotentParameterMismatchException',
];

/** Where the embedded store does something else than DynamoDB, and the model does not follow it. */
const deviations: readonly ((seen: Seen) => boolean)[] = [
  // DynamoDB refuses a request that no item makes possible as a whole, and before it looks at any condition.
  ({ embedded, memory }) =>
    'error' in memory &&
    memory.error === 'ValidationException' &&
    'error' in embedded &&
    LATER.includes(embedded.error),
  // What an update makes of an index's key stands in the reasons; the embedded store tells an empty one apart.
  ({ embedded, memory }) =>
    'error' in embedded &&
    embedded.error === 'ValidationException' &&
    embedded.text.includes('attempted to update a secondary index key') &&
    'error' in memory &&
    memory.error === 'TransactionCanceledException',
  // The item before an update that made it: there is none, and not one of its key alone.
  ({ command: { operation, input }, embedded, memory }) =>
    operation === 'UpdateItem' &&
    input.ReturnValues === 'ALL_OLD' &&
    isDeepStrictEqual(Object.keys(attributesIn(embedded)).sort(), ['pk', 'sk']) &&
    isDeepStrictEqual(attributesIn(memory), {}),
];

const isProjected = ({ input }: StoreCommand): boolean =>
  input.ProjectionExpression !== undefined || input.RequestItems?.ProjectionExpression !== undefined;

const compared = (command: StoreCommand, outcome: Outcome): unknown => {
  if ('answer' in outcome) {
    const { ConsumedCapacity, ScannedCount, ...answer } = outcome.answer as Plain;
    // DynamoDB counts what is read of an item whole, the embedded store only what it answers.
    if (!isProjected(command)) answer.ConsumedCapacity = ConsumedCapacity;
    // The embedded store counts the item that does not fit on the page any more.
    if (!answer.LastEvaluatedKey) answer.ScannedCount = ScannedCount;
    return answer;
  }
  const { text, ...rest } = outcome;
  return rest;
};

/** Whether both stores did the same, as far as the embedded one does what DynamoDB does. */
export const agree = (seen: Seen): boolean =>
  isDeepStrictEqual(compared(seen.command, seen.embedded), compared(seen.command, seen.memory)) ||
  deviations.some((isKnown) => isKnown(seen));

const BEYOND = [
  // It compares paths within a clause only, and not those of ADD with those of DELETE.
  'document paths overlap',
  // It passes over a REMOVE below something that is not there.
  'document path provided in the update expression is invalid',
];
/** In transactions it looks at operands only when it comes to them, and takes an empty update for none. */
const BEYOND_IN_TRANSACTIONS = [
  'Incorrect operand type',
  'BETWEEN operator requires',
  'can not be empty',
  'part of the key',
];

/**
 * What the embedded store may carry out although DynamoDB would not, or does in its own way: it would be in another state
 * from there on.
 */
export const isBeyondEmbedded = ({ operation }: StoreCommand, memory: Outcome): boolean => {
  if ('answer' in memory) return false;
  const wordings = [...BEYOND, ...(operation === 'TransactWriteItems' ? BEYOND_IN_TRANSACTIONS : [])];
  return memory.error === 'NotModelled' || wordings.some((text) => memory.text.includes(text));
};
