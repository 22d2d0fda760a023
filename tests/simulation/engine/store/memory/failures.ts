import {
  type CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { marshall, NumberValueImpl } from '@aws-sdk/util-dynamodb';
import { Decimal } from './decimal.ts';
import { type Item, isList, isMap, type Value } from './values.ts';

const withNumbers = (value: Value): unknown => {
  if (value instanceof Decimal) return NumberValueImpl.from(String(value));
  if (isList(value)) return value.map(withNumbers);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbers(member)]));
};

/** An item as exceptions carry it: the document client leaves it marshalled. */
const marshalled = (item: Item) => marshall(withNumbers(item) as Parameters<typeof marshall>[0]);

const Message = 'The conditional request failed';

/** `old`: the item as it stands, when it was asked for. */
export const conditionFailed = (old: Item | undefined): Error =>
  new ConditionalCheckFailedException({
    message: Message,
    $metadata: {},
    ...(old && { Item: marshalled(old) }),
  });

/** The same as one action's share in a transaction that came to nothing. */
export const failedCondition = (old: Item | undefined): CancellationReason => ({
  Code: 'ConditionalCheckFailed',
  Message,
  ...(old && { Item: marshalled(old) }),
});

/** One reason for each action. */
export const cancelled = (reasons: CancellationReason[]): Error => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    $metadata: {},
    CancellationReasons: reasons,
  });
};
