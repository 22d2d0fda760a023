import { listInboxEntries } from '../../lib/desk/intake/message-repository.ts';
import { messageAccepted } from '../../lib/desk/internal-events.ts';
import { withRuntime } from '../../lib/platform/open-runtime.ts';
import { loadHandler, testContext } from './aws/handlers.ts';
import type { Answer, TestRuntime } from './aws/index.ts';
import { newUser, type TestUser } from './staff.ts';

type Draft = Record<string, unknown>;

/** Somebody who writes to the desk. */
export interface Client extends TestUser {
  /** Posts a message under a key of its own unless one is given. */
  post(body: Draft, key?: string): Promise<Answer>;
  /** Posts, lets the queue handlers run, and gives the message as the client then reads it. */
  write(text: string, more?: Draft): Promise<Answer['body']>;
  message(messageId: string): Promise<Answer['body']>;
}

export const aClient = (rt: TestRuntime): Client => {
  const self = newUser(rt, 'client');
  const post: Client['post'] = (body, key = rt.ids.next('key')) =>
    self.call('POST /v1/messages', { key, body });
  const message: Client['message'] = async (messageId) =>
    (await self.call(`GET /v1/messages/${messageId}`)).body;
  return {
    ...self,
    post,
    message,
    write: async (text, more = {}) => {
      const { status, body } = await post({ text, ...more });
      if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
      await place(rt, self.id);
      return message(body.messageId);
    },
  };
};

/** An SQS record of inbound-messages.fifo that wakes this client's lane. */
export const wakeUp = (rt: TestRuntime, clientId: string, seq = 1) => ({
  messageId: rt.ids.next('sqs'),
  receiptHandle: 'r',
  body: JSON.stringify({
    id: rt.ids.next('evt'),
    type: messageAccepted.name,
    at: new Date(rt.clock.nowMs()).toISOString(),
    group: clientId,
    data: { clientId, seq },
  }),
  attributes: { MessageGroupId: clientId, ApproximateReceiveCount: '1' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${rt.aws.region}:000000000000:test-inbound-messages.fifo`,
});

/** Hands records to the consumer of the inbox, as Lambda would, in this order. */
export const deliver = async (rt: TestRuntime, ...batch: ReturnType<typeof wakeUp>[]): Promise<string[]> => {
  const name = 'functions/desk/open-ticket.queue.handler';
  const handler = await loadHandler(name);
  const answer = await withRuntime(rt, () => handler({ Records: batch }, testContext(rt, name)));
  const { batchItemFailures } = answer as { batchItemFailures: { itemIdentifier: string }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

/** Only the client's own lane runs: nobody dispatches what it brings to a line. */
export const place = async (rt: TestRuntime, clientId: string): Promise<void> => {
  await deliver(rt, wakeUp(rt, clientId));
};

export const inboxSize = async (rt: TestRuntime, clientId: string): Promise<number> =>
  (await listInboxEntries(rt, clientId, 100)).length;
