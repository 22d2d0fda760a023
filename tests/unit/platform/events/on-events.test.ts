import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { defineEvent, type EventOf } from '../../../../lib/platform/events/define-event.ts';
import { withRuntime } from '../../../../lib/platform/open-runtime.ts';
import { type Consumer, onEvents } from '../../../../lib/platform/queue/on-events.ts';
import { offlineRuntime } from '../../../support/platform/offline-runtime.ts';
import { lambdaContext } from '../../../support/platform/request.ts';

const boxOpened = defineEvent('store.box.opened', () => z.object({ boxId: z.string(), size: z.int() }));
const boxClosed = defineEvent('store.box.closed', () =>
  z.object({ boxId: z.string(), by: z.string().default('nobody') }),
);

const recordOf = (body: object): SQSRecord =>
  ({
    messageId: 'm1',
    body: JSON.stringify(body),
    attributes: {},
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:test-store-events',
  }) as unknown as SQSRecord;

const travelling = (type: string, data: object) => ({
  id: 'evt_1',
  type,
  at: '2026-01-01T00:00:00.000Z',
  data,
});

/** Hands messages to a handler; gives the reasons of those it rejected, and ids of those it gave back. */
const consume = async (consumers: readonly Consumer[], ...bodies: object[]) => {
  const rejected: { code: string; message: string }[] = [];
  const rt = await offlineRuntime({
    sqs: ({ input }) => {
      rejected.push(JSON.parse(input.MessageBody).reason);
      return {};
    },
  });
  const handler = onEvents(...consumers);
  const answer = await withRuntime(rt, () => handler({ Records: bodies.map(recordOf) }, lambdaContext()));
  return { rejected, failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
};

test('each event reaches the use case that is subscribed to it, with its data parsed', async () => {
  const received: unknown[] = [];
  const consumers = [
    { queue: 'a', on: [boxOpened.to(async (_, { data, at }) => void received.push([at, data.size]))] },
    { queue: 'b', on: [boxClosed.to(async (_, { data }) => void received.push(data))] },
  ];
  const opened = travelling('store.box.opened', { boxId: 'b', size: 3, unknown: true });
  const outcome = await consume(consumers, opened, travelling('store.box.closed', { boxId: 'b' }));
  expect(received).toEqual([['2026-01-01T00:00:00.000Z', 3], { boxId: 'b', by: 'nobody' }]);
  expect(outcome).toEqual({ rejected: [], failed: [] });
});

test.each([
  [
    'data that does not fit',
    travelling('store.box.opened', { boxId: 1, size: 'secret' }),
    'invalid-message',
    'data.boxId (invalid_type), data.size (invalid_type)',
  ],
  ['what is no event', { type: 'store.box.opened' }, 'invalid-message', 'id (invalid_type)'],
])('%s is rejected with a reason that names no value', async (_, body, code, message) => {
  const received: unknown[] = [];
  const consumers = [{ queue: 'a', on: [boxOpened.to(async (__, event) => void received.push(event))] }];
  const { rejected, failed } = await consume(consumers, body);
  expect(rejected).toEqual([{ code, message: expect.stringContaining(message) }]);
  expect(JSON.stringify(rejected)).not.toContain('secret');
  expect([received, failed]).toEqual([[], []]);
});

test('a use case that fails has its message delivered again', async () => {
  const fails = boxOpened.to(() => Promise.reject(new TypeError('x is not a function')));
  const opened = travelling('store.box.opened', { boxId: 'b', size: 3 });
  expect(await consume([{ queue: 'a', on: [fails] }], opened)).toEqual({ rejected: [], failed: ['m1'] });
});

test('an event that nobody consumes is delivered again: whoever receives it may be deployed later', async () => {
  const consumers = [{ queue: 'a', on: [boxOpened.to(async () => {})] }];
  const lost = travelling('store.box.lost', {});
  expect(await consume(consumers, lost)).toEqual({ rejected: [], failed: ['m1'] });
});

test('an event consumed twice by one function is a mistake at its start', () => {
  const on = [boxOpened.to(async () => {})];
  expect(() => onEvents({ queue: 'a', on }, { queue: 'b', on })).toThrow('consumed twice by a, b');
});

test('a schema is built when it is first asked for, and once', () => {
  let built = 0;
  const lazy = defineEvent('store.box.moved', () => {
    built += 1;
    return z.object({});
  });
  lazy.draft({});
  lazy.to(async () => {});
  expect(built).toBe(0);
  expect([lazy.schema, lazy.schema, built]).toEqual([lazy.schema, lazy.schema, 1]);
});

test('a draft holds what goes beside its data, and knows its event', () => {
  const extra = { aggregate: { id: 'b', version: 2 }, deliverAt: '2026-01-01T00:00:00.000Z' };
  const draft = boxClosed.draft({ boxId: 'b' }, extra);
  expect(draft).toEqual({ type: 'store.box.closed', data: { boxId: 'b' }, ...extra });
  expect([boxClosed.is(draft), boxOpened.is(draft)]).toEqual([true, false]);
});

test('the compiler refuses what an event is not', () => {
  // @ts-expect-error a name has dots
  defineEvent('opened', () => z.object({}));
  // @ts-expect-error data has an object's fields
  defineEvent('store.box.weighed', () => z.string());
  // @ts-expect-error a field is missing
  boxOpened.draft({ boxId: 'b' });
  // @ts-expect-error a field is misspelled
  boxOpened.draft({ boxId: 'b', siez: 3 });
  const counts = async (_: unknown, { data }: EventOf<typeof boxClosed>) => void data.by.length;
  // @ts-expect-error the use case is for another event
  boxOpened.to(counts);
  expect(boxClosed.to(counts).event).toBe('store.box.closed');
});
