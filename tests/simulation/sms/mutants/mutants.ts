import { statusQueryDue } from '../../../../lib/sms/internal-events.ts';
import type { Call } from '../../engine/gate.ts';
import type { Plain } from '../../engine/store/store.ts';
import type { Mutant } from '../../mutants/mutants.ts';
import {
  together,
  type WriteSeen,
  withItemsSeen,
  withOtherAnswer,
  withOtherWrite,
  withoutCondition,
  withoutMessages,
  withoutWrite,
} from '../../mutants/tamper.ts';
import { codeOf } from '../checks/codes.ts';

const isSms = ({ pk, sk }: { readonly pk: string; readonly sk: string }): boolean =>
  pk.startsWith('SMS#') && sk === 'SMS';
const isItem =
  (prefix: string) =>
  ({ pk }: Plain): boolean =>
    String(pk).startsWith(prefix);
const by =
  (...functions: string[]) =>
  ({ invocation }: Call): boolean =>
    functions.includes(invocation.plan.name);
const always = (): boolean => true;
const senders = by('sms-send', 'sms-send-codes');
const doors = by('sms-http');

const seeing = (prefix: string, change: (item: Plain) => Plain | undefined) =>
  withItemsSeen(always, (item) => (isItem(prefix)(item) ? change(item) : item));

const isUpdateOf =
  (word: string) =>
  ({ kind, action }: WriteSeen): boolean =>
    kind === 'Update' && String(action.UpdateExpression).includes(word);

const HANDED_OVER = ['sending', 'sent', 'unknown'];

/** A turn under no condition but that there is a bucket. */
const anyTime = (action: Plain): Plain => {
  const { ':room': _room, ':latest': _latest, ...values } = action.ExpressionAttributeValues as Plain;
  return {
    ...action,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(values).filter(([token]) => String(action.UpdateExpression).includes(token)),
    ),
  };
};

/** The standard window as if somebody had opened it for the whole day. */
const openDay = (answer: Plain): Plain => {
  const tables = Object.entries((answer.Responses ?? {}) as Record<string, Plain[]>);
  const settings = { window: { from: '00:00', to: '24:00' }, version: 1 };
  const model = { pk: 'BOOK', sk: 'BOOK', version: 1, presets: [], lastVersions: {}, holidays: [], settings };
  return {
    ...answer,
    Responses: Object.fromEntries(tables.map(([name, items]) => [name, [...items, model]])),
  };
};

const readsBook = ({ operation, input }: Call): boolean =>
  operation === 'BatchGetItem' && JSON.stringify(input).includes('"BOOK"');

/** At least one deliberate fault for each thing that is checked on this workload. */
export const mutants: readonly Mutant[] = [
  {
    name: 'a message that was handed over is taken for one that waits',
    rule: 'once',
    tampering: withItemsSeen(senders, (item) =>
      isSms(item as never) && HANDED_OVER.includes(item.state) ? { ...item, state: 'queued' } : item,
    ),
  },
  {
    name: 'a message leaves before that is written down',
    rule: 'hand-over',
    tampering: withoutWrite((write) => isSms(write) && write.action.Item?.state === 'sending'),
  },
  {
    name: 'what is counted already is not seen',
    rule: 'caps',
    tampering: seeing('QUOTA#', (item) => ({ ...item, planned: {} })),
  },
  {
    name: 'the standard window is open all day',
    rule: 'window',
    tampering: withOtherAnswer(readsBook, openDay),
  },
  {
    name: 'suppressions are not seen',
    rule: 'gates',
    tampering: seeing('SUPPRESSION#', () => undefined),
  },
  {
    name: 'a consent never ends',
    rule: 'gates',
    tampering: seeing('CONSENT#', ({ revokedAt, ...item }) => item),
  },
  {
    name: 'senders take a message for valid an hour longer',
    rule: 'late',
    tampering: withItemsSeen(always, (item) =>
      isSms(item as never)
        ? { ...item, validUntil: new Date(Date.parse(item.validUntil) + 3_600_000).toISOString() }
        : item,
    ),
  },
  {
    name: 'reports are noted whatever the version',
    rule: 'life',
    tampering: withoutCondition((write, call) => isSms(write) && doors(call)),
  },
  {
    name: 'a message under way is cancelled as if it waited',
    rule: 'truth',
    tampering: withItemsSeen(doors, (item) =>
      isSms(item as never) && item.state === 'sent' ? { ...item, state: 'queued' } : item,
    ),
  },
  {
    name: 'hand-offs of transactional messages are lost',
    rule: 'rest',
    tampering: withoutMessages('sms-transactional'),
  },
  {
    name: 'nobody is asked what has become of a message',
    rule: 'rest',
    tampering: withoutMessages('sms-status-queries', ({ type }) => type === statusQueryDue.name),
  },
  {
    name: 'a repeated key is not recognised',
    rule: 'registered',
    tampering: together(
      withItemsSeen(doors, (item) => (isSms(item as never) ? undefined : item)),
      withoutCondition((write, call) => isSms(write) && doors(call)),
    ),
  },
  {
    name: 'a code that was promised is never asked for',
    rule: 'registered',
    tampering: withoutMessages('sms-requests-otp'),
  },
  {
    name: 'guesses are counted and not limited',
    rule: 'codes',
    tampering: withoutCondition(isUpdateOf('askers.#by.attempts')),
  },
  {
    name: 'a used code stays good',
    rule: 'single-use',
    tampering: withoutCondition(isUpdateOf('settledAt')),
  },
  {
    name: 'a phone may be taken twice',
    rule: 'accounts',
    tampering: together(
      withoutCondition(isUpdateOf('settledAt')),
      withoutCondition(({ pk, sk }) => pk.startsWith('PHONE#') && sk === 'PHONE'),
    ),
  },
  {
    name: 'codes sent before are not seen',
    rule: 'code-limits',
    tampering: withItemsSeen(by('identity-http'), (item) =>
      item.sk === 'CODES' && item.sends ? { ...item, sends: [] } : item,
    ),
  },
  {
    name: 'a stored message holds its code',
    rule: 'secrets',
    tampering: withOtherWrite(
      (write) => isSms(write) && write.action.Item?.challengeId !== undefined,
      (action) => {
        const { text, challengeId } = action.Item as { text: string; challengeId: string };
        return { ...action, Item: { ...action.Item, text: text.replace('{code}', codeOf(challengeId)) } };
      },
    ),
  },
  {
    name: 'the grace of a refresh token never ends',
    rule: 'sessions',
    tampering: seeing('SESSION#', (item) => ({ ...item, rotatedAt: '2099-01-01T00:00:00.000Z' })),
  },
  {
    name: 'turns are taken whenever somebody wants one',
    rule: 'pace',
    tampering: withOtherWrite((write) => write.sk === 'BUCKET' && isUpdateOf('dueMs')(write), anyTime),
  },
  {
    name: 'there is always a connection left',
    rule: 'concurrency',
    tampering: withOtherWrite(
      (write) => write.sk === 'BUCKET' && write.action.ExpressionAttributeValues?.[':room'] !== undefined,
      (action) => ({
        ...action,
        ExpressionAttributeValues: { ...action.ExpressionAttributeValues, ':room': 99 },
      }),
    ),
  },
  {
    name: 'outbox rows are left behind',
    rule: 'outbox',
    tampering: withoutWrite(({ kind, pk }) => kind === 'Delete' && pk.startsWith('OUTBOX#')),
  },
];
