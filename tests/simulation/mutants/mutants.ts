import type { Call } from '../engine/gate.ts';
import type { Plain } from '../engine/store/store.ts';
import type { Tampering } from '../engine/world.ts';
import { executorHandedOver, ticketReleased } from '../product.ts';
import {
  queries,
  together,
  type WriteSeen,
  withOtherAnswer,
  withOtherWrite,
  withoutCondition,
  withoutMessages,
  withoutWrite,
} from './tamper.ts';

/** A deliberate fault, and the rule that must be seen to break. */
export interface Mutant {
  readonly name: string;
  readonly rule: string;
  readonly tampering: Tampering;
  /** What it breaks shows only where nothing else excuses lateness. */
  readonly prompt?: boolean;
}

const isTicket = ({ sk }: WriteSeen): boolean => sk === 'TICKET';
const isExecutor = ({ sk }: WriteSeen): boolean => sk === 'EXECUTOR';
const by =
  (...functions: string[]) =>
  ({ invocation }: Call): boolean =>
    functions.includes(invocation.plan.name);
const dispatcher = by('desk-dispatch');

const readsKey =
  (pk: string) =>
  ({ operation, input }: Call): boolean =>
    operation === 'GetItem' && String(input.Key.pk).startsWith(pk);

const isLimits = ({ pk, sk }: Plain): boolean => String(pk).startsWith('SETTINGS#limits') && sk === 'CURRENT';

const readsLimits = ({ operation, input }: Call): boolean =>
  operation === 'BatchGetItem' &&
  Object.values(input.RequestItems as Plain).some(({ Keys }) => (Keys as Plain[]).some(isLimits));

/** Global values and a desk's own alike. */
const loosened = (item: Plain): Plain => {
  const { maxTicketsPerExecutor: cap, ...values } = item.values ?? {};
  return isLimits(item) && cap !== undefined
    ? { ...item, values: { ...values, maxTicketsPerExecutor: cap + 1 } }
    : item;
};

const looserCaps = ({ Responses = {}, ...answer }: Plain): Plain => ({
  ...answer,
  Responses: Object.fromEntries(
    Object.entries(Responses as Record<string, Plain[]>).map(([table, items]) => [
      table,
      items.map(loosened),
    ]),
  ),
});

/** The older of two that stand in one line is shown as if it had come last. */
const aged = (answer: Plain): Plain => {
  const [first, ...rest] = answer.Items as Plain[];
  if (!first || rest.length === 0) return answer;
  const [group, , id] = String(first.sk).split('#');
  return { ...answer, Items: [...rest, { ...first, sk: `${group}#2099-01-01T00:00:00.000Z#${id}` }] };
};

/** An urgent ticket is shown as a new one. */
const declassed = (answer: Plain): Plain => ({
  ...answer,
  Items: (answer.Items as Plain[]).map((item) => ({ ...item, sk: String(item.sk).replace(/^1[uo]/, '2o') })),
});

/** Sixteen bytes of a UUID that no ticket has. */
const NOBODYS = Buffer.from('000000000000700080000000deadbeef', 'hex');

const joinedBytes = (...parts: readonly (Uint8Array | undefined)[]): Buffer =>
  Buffer.concat(parts.map((part) => part ?? new Uint8Array()));

const keepsTicket = (action: Plain): Plain => {
  const { heldOrdinary, ...item } = action.Item as Plain;
  return { ...action, Item: { ...item, heldOrdinary: joinedBytes(heldOrdinary, NOBODYS) } };
};

/** The urgent ones are held as if they were not. */
const uncounted = (action: Plain): Plain => {
  const { heldUrgent, heldOrdinary, ...item } = action.Item as Plain;
  return heldUrgent
    ? { ...action, Item: { ...item, heldOrdinary: joinedBytes(heldOrdinary, heldUrgent) } }
    : action;
};

const withoutReleases = ({ Item, ...action }: Plain): Plain => ({
  ...action,
  Item: { ...Item, facts: (Item.facts as Plain[]).filter(({ type }) => type !== ticketReleased.name) },
});

const isPlanned = ({ pk, sk }: WriteSeen): boolean => pk.startsWith('DECISIONS#') && /^[pn]\d/.test(sk);

/** At least one deliberate fault for each thing that is checked. */
export const mutants: readonly Mutant[] = [
  {
    name: 'tickets are replaced whatever their version',
    rule: 'life',
    tampering: withoutCondition((write) => isTicket(write) && write.kind === 'Put'),
  },
  {
    name: 'executors are replaced whatever their version',
    rule: 'hands',
    tampering: withoutCondition((write) => isExecutor(write) && write.kind === 'Put'),
  },
  {
    name: 'a message joins a ticket that has changed meanwhile',
    rule: 'messages',
    tampering: withoutCondition((write) => isTicket(write) && write.kind === 'ConditionCheck'),
  },
  {
    name: 'the dispatcher takes the cap for one more than it is',
    rule: 'caps',
    tampering: withOtherAnswer((call) => dispatcher(call) && readsLimits(call), looserCaps),
  },
  {
    name: 'assigning by hand takes the cap for one more than it is',
    rule: 'caps',
    tampering: withOtherAnswer((call) => by('desk-http')(call) && readsLimits(call), looserCaps),
  },
  {
    name: 'an executor keeps a ticket in the set that they do not hold',
    rule: 'hands',
    tampering: withOtherWrite((write, call) => isExecutor(write) && dispatcher(call), keepsTicket),
  },
  {
    name: 'a change of urgency is not counted',
    rule: 'load',
    tampering: withOtherWrite(isExecutor, uncounted),
  },
  {
    name: 'a repeated key is not recognised',
    rule: 'messages',
    tampering: together(
      withOtherAnswer(
        (call) => by('desk-http')(call) && readsKey('MESSAGE#')(call),
        ({ Item, ...rest }) => rest,
      ),
      withoutCondition(({ sk, kind }) => sk === 'MESSAGE' && kind === 'Put'),
    ),
  },
  {
    name: 'an accepted message wakes nobody',
    rule: 'messages',
    tampering: withoutMessages('inbound-messages.fifo'),
  },
  {
    name: 'messages are placed the last one first',
    rule: 'messages',
    tampering: withOtherAnswer(
      (call) => by('desk-open-ticket')(call) && queries('CLIENT#')(call),
      (answer) => ({ ...answer, Items: (answer.Items as Plain[]).toReversed() }),
    ),
  },
  {
    name: 'a placed message has no entry in its thread',
    rule: 'messages',
    tampering: withoutWrite(({ sk }, call) => sk.startsWith('MSG#') && by('desk-open-ticket')(call)),
  },
  {
    name: 'the head of the lines is overlooked',
    rule: 'order',
    tampering: withOtherAnswer(
      (call) => dispatcher(call) && queries('LINES#')(call),
      (answer) => ({ ...answer, Items: (answer.Items as Plain[]).slice(answer.Items.length > 1 ? 1 : 0) }),
    ),
  },
  {
    name: 'time does not count within a line',
    rule: 'order',
    tampering: withOtherAnswer((call) => dispatcher(call) && queries('LINES#')(call), aged),
  },
  {
    name: 'urgent tickets are served as new ones',
    rule: 'order',
    tampering: withOtherAnswer((call) => dispatcher(call) && queries('LINES#')(call), declassed),
  },
  {
    name: 'the first in turn is overlooked',
    rule: 'order',
    tampering: withOtherAnswer(
      (call) => dispatcher(call) && queries('ROSTER#')(call),
      (answer) => ({ ...answer, Items: (answer.Items as Plain[]).slice(answer.Items.length > 1 ? 1 : 0) }),
    ),
  },
  {
    name: 'a number of the sequence is given again',
    rule: 'order',
    tampering: together(
      withoutCondition((write) => isPlanned(write)),
      withOtherAnswer(
        (call) => call.operation === 'UpdateItem' && String(call.input.Key.pk).startsWith('DISPATCH#'),
        ({ Attributes, ...answer }) => ({
          ...answer,
          ...(Attributes && {
            Attributes: { ...Attributes, lastNumber: Math.max(0, (Attributes.lastNumber ?? 0) - 1) },
          }),
        }),
      ),
    ),
  },
  {
    name: 'nobody is told that an executor left',
    rule: 'orphans',
    tampering: withoutMessages('handovers', ({ type }) => type === executorHandedOver.name),
  },
  {
    name: 'whoever left acts on',
    rule: 'fence',
    tampering: withoutCondition((write) => isExecutor(write) && write.kind === 'ConditionCheck'),
  },
  {
    name: 'nobody is told that room appeared',
    rule: 'wake-up',
    prompt: true,
    tampering: withoutMessages('executor-events'),
  },
  {
    name: 'the lease is let go whoever woke the desk meanwhile',
    rule: 'wake-up',
    prompt: true,
    tampering: withOtherWrite(
      ({ pk, action }) =>
        pk.startsWith('DISPATCH#') && String(action.UpdateExpression).includes('REMOVE holder'),
      ({ ConditionExpression, ExpressionAttributeValues: { ':wakes': _, ...values }, ...action }) => ({
        ...action,
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: values,
      }),
    ),
  },
  {
    name: 'the lease is never let go',
    rule: 'wake-up',
    prompt: true,
    tampering: withoutWrite(
      ({ pk, action }) =>
        pk.startsWith('DISPATCH#') && String(action.UpdateExpression).includes('REMOVE holder'),
    ),
  },
  {
    name: 'no timer is ever sent',
    rule: 'timers',
    tampering: withoutMessages('timers'),
  },
  {
    name: 'rows of the outbox stay',
    rule: 'outbox',
    tampering: withoutWrite(({ pk, kind }) => pk.startsWith('OUTBOX#') && kind === 'Delete'),
  },
  {
    name: 'what a crash left in the outbox is not sent again',
    rule: 'outbox',
    tampering: withOtherAnswer(
      (call) => by('platform-sweep-outbox')(call),
      (answer) => ({ ...answer, Items: [] }),
    ),
  },
  {
    name: 'the journal forgets',
    rule: 'facts',
    tampering: withoutWrite(({ pk }) => pk.startsWith('JOURNAL#')),
  },
  {
    name: 'a fact that was sent is not written down',
    rule: 'facts',
    tampering: withoutWrite(({ pk, action }) => pk.startsWith('JOURNAL#') && !action.Item?.facts),
  },
  {
    name: 'the journal does not say who let a ticket go',
    rule: 'facts',
    tampering: withOtherWrite(
      ({ pk, action }) => pk.startsWith('JOURNAL#') && action.Item?.facts !== undefined,
      withoutReleases,
    ),
  },
  {
    name: 'a place in line stays when its ticket goes',
    rule: 'line',
    tampering: withoutWrite(({ pk, kind }) => pk.startsWith('LINES#') && kind === 'Delete'),
  },
  {
    name: 'a place on the roster stays when its executor moves',
    rule: 'roster',
    tampering: withoutWrite(({ pk, kind }) => pk.startsWith('ROSTER#') && kind === 'Delete'),
  },
  {
    name: 'a message that cannot be handled is tried for ever',
    rule: 'dead-letters',
    tampering: {
      request: ({ invocation, input, operation }) => {
        if (invocation.plan.name === 'desk-hand-over' && operation === 'BatchGetItem')
          throw new Error('poison');
        return input;
      },
    },
  },
];
