import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Plain, Store } from '../engine/store/store.ts';
import type { StoreCommand } from './commands.ts';

/** What came of a command, without what no reader may rely on: text, and the order of sets and of batches. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly error: string; readonly item: unknown; readonly reasons: unknown; readonly text: string };

/** Not what a store is asked for. */
const OF_THE_RUN = new Set(['$metadata', 'TableName']);

const LONG = 1000;

const shown = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > LONG) return `${value.length} characters`;
  if (value instanceof Set)
    return {
      set: [...value]
        .map(shown)
        .map((each) => JSON.stringify(each))
        .sort(),
    };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, each]) => each !== undefined && !OF_THE_RUN.has(name));
  const inOrder = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder.map(([name, each]) => [name, shown(each)]));
};

/** Answers of batches have no order. */
const unordered = (items: readonly Plain[]): string[] =>
  items.map((item) => JSON.stringify(shown(item))).sort();

const answerOf = ({ Responses, ...answer }: Plain): unknown =>
  shown({
    ...answer,
    ...(Responses && { Responses: Object.values(Responses).map((all) => unordered(all as Plain[])) }),
  });

const itemOf = (marshalled: Plain | undefined): unknown => marshalled && shown(unmarshall(marshalled));

/** An item with its padding. */
const grown = (action: Plain): Plain =>
  typeof action.Item?.pad === 'number'
    ? { ...action, Item: { ...action.Item, pad: 'x'.repeat(action.Item.pad) } }
    : action;

const onTable = (operation: string, input: Plain, TableName: string): Plain => {
  if (operation === 'BatchGetItem') return { ...input, RequestItems: { [TableName]: input.RequestItems } };
  if (operation !== 'TransactWriteItems') return { TableName, ...grown(input) };
  const items = (input.TransactItems as Plain[]).map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, action]) => [kind, { TableName, ...grown(action) }])),
  );
  const { ClientRequestToken: token } = input;
  return { ...input, TransactItems: items, ...(token && { ClientRequestToken: `${token}-${TableName}` }) };
};

/** Sends a command about a table; tokens of transactions are the table's own. */
export const outcomeOf = async (
  store: Store,
  tableName: string,
  { operation, input }: StoreCommand,
): Promise<Outcome> => {
  try {
    return { answer: answerOf(await store.send(operation, onTable(operation, input, tableName))) };
  } catch (error) {
    const { name, message, Item, CancellationReasons: reasons = [] } = error as Plain;
    return {
      error: name,
      item: itemOf(Item),
      reasons: (reasons as Plain[]).map((reason) => [reason.Code, itemOf(reason.Item)]),
      text: [message, ...(reasons as Plain[]).map(({ Message }) => Message)].join('; '),
    };
  }
};
