import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import {
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { queueUrl, tableName } from '../../lib/platform/config.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Requests as the SDK has them, with nothing between. */
export class PlainRequests {
  readonly rt: Runtime;
  readonly TableName: string;

  constructor(rt: Runtime) {
    this.rt = rt;
    this.TableName = tableName(rt.env, 'desk');
  }

  transact(...all: readonly Record<string, object>[]): Promise<unknown> {
    const TableName = this.TableName;
    const TransactItems = all.map((each) =>
      Object.fromEntries(Object.entries(each).map(([kind, action]) => [kind, { TableName, ...action }])),
    );
    return this.rt.dynamo.send(new TransactWriteCommand({ TransactItems: TransactItems as Items }));
  }

  update(pk: string, UpdateExpression: string, values: Record<string, unknown>) {
    return this.rt.dynamo.send(
      new UpdateCommand({
        TableName: this.TableName,
        Key: { pk, sk: 'ITEM' },
        UpdateExpression,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      }),
    );
  }

  async query(pk: string, Limit: number): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.rt.dynamo.send(
      new QueryCommand({
        TableName: this.TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        Limit,
      }),
    );
    return Items;
  }

  async send(queue: string, body: object, group?: string): Promise<void> {
    const fifo = group && { MessageGroupId: group, MessageDeduplicationId: group };
    await this.rt.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl(this.rt.env, queue),
        Entries: [{ Id: '0', MessageBody: JSON.stringify(body), ...fifo }],
      }),
    );
  }

  async taken(queue: string, work: (messages: readonly Message[]) => Promise<void>): Promise<void> {
    const QueueUrl = queueUrl(this.rt.env, queue);
    const { Messages = [] } = await this.rt.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    await work(Messages);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await this.rt.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
