import type { Call } from '../engine/gate.ts';
import type { Plain } from '../engine/store/store.ts';
import type { Tampering } from '../engine/world.ts';

/** One write of a request: `Put`, `Update`, `Delete` or `ConditionCheck`, and what it says. */
export interface WriteSeen {
  readonly kind: string;
  readonly action: Plain;
  readonly pk: string;
  readonly sk: string;
}

const seenIn = (item: Plain): WriteSeen => {
  const [kind = '', action] = Object.entries(item)[0] ?? [];
  const key = action?.Item ?? action?.Key ?? {};
  return { kind, action, pk: String(key.pk), sk: String(key.sk) };
};

const KINDS: Readonly<Record<string, string>> = {
  PutItem: 'Put',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
};

/** Changes the writes of a request one by one; undefined leaves one out. */
const mapWrites = (
  { operation, input }: Call,
  change: (write: WriteSeen) => Plain | undefined,
): Plain | 'drop' => {
  if (operation === 'TransactWriteItems') {
    const items = (input.TransactItems as Plain[]).flatMap((item) => {
      const seen = seenIn(item);
      const next = change(seen);
      return next ? [{ [seen.kind]: next }] : [];
    });
    return { ...input, TransactItems: items };
  }
  const kind = KINDS[operation];
  return kind ? (change(seenIn({ [kind]: input })) ?? 'drop') : input;
};

const used = (values: Plain | undefined, expression: unknown): Plain | undefined => {
  const kept = Object.entries(values ?? {}).filter(([token]) => String(expression ?? '').includes(token));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
};

/** The same write whatever stands there. */
const unconditional = ({ ConditionExpression, ...action }: Plain): Plain => {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values, ...rest } = action;
  const keptNames = used(names, action.UpdateExpression);
  const keptValues = used(values, action.UpdateExpression);
  return {
    ...rest,
    ...(keptNames && { ExpressionAttributeNames: keptNames }),
    ...(keptValues && { ExpressionAttributeValues: keptValues }),
  };
};

type Which = (write: WriteSeen, call: Call) => boolean;

/** A repository that forgot its condition. */
export const withoutCondition = (which: Which): Tampering => ({
  request: (call) =>
    mapWrites(call, (write) => {
      if (!which(write, call)) return write.action;
      return write.kind === 'ConditionCheck' ? undefined : unconditional(write.action);
    }),
});

/** A repository that forgot a write. */
export const withoutWrite = (which: Which): Tampering => ({
  request: (call) => mapWrites(call, (write) => (which(write, call) ? undefined : write.action)),
});

/** A repository that writes something else. */
export const withOtherWrite = (which: Which, change: (action: Plain) => Plain): Tampering => ({
  request: (call) => mapWrites(call, (write) => (which(write, call) ? change(write.action) : write.action)),
});

/** Events that are never sent. */
export const withoutMessages = (queue: string, which: (event: Plain) => boolean = () => true): Tampering => ({
  request: (call) => {
    if (call.service !== 'sqs' || call.input.QueueUrl !== queue || !call.input.Entries) return call.input;
    const entries = (call.input.Entries as Plain[]).filter(
      ({ MessageBody }) => !which(JSON.parse(MessageBody)),
    );
    return entries.length > 0 ? { ...call.input, Entries: entries } : 'drop';
  },
});

/** A reader that sees something else than what stands there. */
export const withOtherAnswer = (
  which: (call: Call) => boolean,
  change: (answer: Plain) => Plain,
): Tampering => ({ answer: (call, answer) => (which(call) ? change(answer) : answer) });

export const queries =
  (prefix: string) =>
  (call: Call): boolean =>
    call.operation === 'Query' &&
    String(call.input.ExpressionAttributeValues?.[':p'] ?? '').startsWith(prefix);

export const together = (...all: readonly Tampering[]): Tampering => ({
  request: (call) => {
    let input: Plain | 'drop' = call.input;
    for (const { request } of all) if (input !== 'drop') input = request?.({ ...call, input }) ?? input;
    return input;
  },
  answer: (call, answer) => all.reduce((seen, each) => each.answer?.(call, seen) ?? seen, answer),
});

/** A reader that sees single items otherwise, or not at all, in answers of `GetItem` and `BatchGetItem`. */
export const withItemsSeen = (
  which: (call: Call) => boolean,
  change: (item: Plain) => Plain | undefined,
): Tampering => {
  const seen = (items: readonly Plain[]): Plain[] => items.flatMap((item) => change(item) ?? []);
  return {
    answer: (call, answer) => {
      if (!which(call)) return answer;
      if (answer.Item) {
        const { Item, ...rest } = answer;
        const [item] = seen([Item]);
        return item ? { ...rest, Item: item } : rest;
      }
      if (!answer.Responses) return answer;
      const tables = Object.entries(answer.Responses as Record<string, Plain[]>);
      return { ...answer, Responses: Object.fromEntries(tables.map(([name, items]) => [name, seen(items)])) };
    },
  };
};
