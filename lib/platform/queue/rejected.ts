import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { instant } from '../clock.ts';
import { queueUrl } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import type { RejectReason } from './classify-failure.ts';

/** A message that can never be processed, kept for an operator to examine: nothing is lost. */
export interface RejectedMessage {
  /** Name of the queue it came from. */
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  readonly reason: RejectReason;
  readonly at: string;
}

export const sendRejected = async (rt: Runtime, record: SQSRecord, reason: RejectReason): Promise<void> => {
  const message: RejectedMessage = {
    queue: record.eventSourceARN.split(':').at(-1) ?? '',
    messageId: record.messageId,
    body: record.body,
    reason,
    at: instant(rt.clock.nowMs()),
  };
  await rt.sqs.send(
    new SendMessageCommand({ QueueUrl: queueUrl(rt.env, 'rejected'), MessageBody: JSON.stringify(message) }),
  );
};
