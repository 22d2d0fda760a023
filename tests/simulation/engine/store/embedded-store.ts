import { connect, type Socket } from 'node:net';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { type NativeAttributeValue, marshall as sdkMarshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { startDynoxide } from '../../../../localstack/dynoxide.ts';
import type { Plain, Store } from './store.ts';

const marshall = (value: Plain): Plain =>
  sdkMarshall(value as Record<string, NativeAttributeValue>, { removeUndefinedValues: true });

type Turn = (value: Plain) => Plain;

const mapValues = (record: Plain, turn: Turn): Plain =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, turn(value)]));

const ITEMS = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const;

const withItems = (part: Plain): Plain => {
  const marshalled: Plain = { ...part };
  for (const name of ITEMS) if (part[name]) marshalled[name] = marshall(part[name]);
  return marshalled;
};

const toRequest = ({ TransactItems, RequestItems, ...input }: Plain): Plain => ({
  ...withItems(input),
  ...(TransactItems && {
    TransactItems: (TransactItems as Plain[]).map((item) => mapValues(item, withItems)),
  }),
  ...(RequestItems && {
    RequestItems: mapValues(RequestItems, (keys) => ({ ...keys, Keys: keys.Keys.map(marshall) })),
  }),
});

const toAnswer = (answer: Plain): Plain => {
  const { Item, Items, Attributes, LastEvaluatedKey, Responses, ...rest } = answer;
  return {
    $metadata: {},
    ...rest,
    ...(Item && { Item: unmarshall(Item) }),
    ...(Items && { Items: (Items as Plain[]).map((item) => unmarshall(item)) }),
    ...(Attributes && { Attributes: unmarshall(Attributes) }),
    ...(LastEvaluatedKey && { LastEvaluatedKey: unmarshall(LastEvaluatedKey) }),
    ...(Responses && {
      Responses: mapValues(Responses, (items) => items.map((item: Plain) => unmarshall(item as never))),
    }),
  };
};

type ExceptionClass = new (options: Plain) => Error;

const exceptionOf = (body: Plain): Error => {
  const name = String(body.__type).split('#').at(-1) ?? '';
  const known = (dynamodb as unknown as Record<string, ExceptionClass | undefined>)[name];
  const message = String(body.message ?? body.Message ?? name);
  const { __type, ...rest } = body;
  return known
    ? new known({ ...rest, message, $metadata: {} })
    : Object.assign(new Error(message), { name, ...rest });
};

/** Bytes travel as base64 under `B`; a Buffer has turned itself into something else before a replacer sees it. */
function replacer(this: Plain, name: string, value: unknown): unknown {
  const own = this[name];
  return own instanceof Uint8Array ? Buffer.from(own).toString('base64') : value;
}

const toJson = (body: Plain): string => JSON.stringify(body, replacer);

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const bytes = (name: string, value: unknown): unknown => {
  if (name === 'B' && typeof value === 'string') return fromBase64(value);
  return name === 'BS' && Array.isArray(value) ? value.map(fromBase64) : value;
};

const fromJson = (text: string): Plain =>
  JSON.parse(text || '{}', /"BS?":["[]/.test(text) ? bytes : undefined) as Plain;

interface Waiting {
  readonly resolve: (body: Plain) => void;
  readonly reject: (error: Error) => void;
}

const HEAD_END = '\r\n\r\n';

/** One kept connection, one request on it at a time: pipelined ones wait for the other side's delayed acknowledgement. */
interface Line {
  readonly socket: Socket;
  waiting: Waiting | undefined;
}

const readAnswers = (line: Line, free: () => void): void => {
  let buffered = Buffer.alloc(0);
  line.socket.on('data', (chunk) => {
    buffered = buffered.length > 0 ? Buffer.concat([buffered, chunk]) : chunk;
    const headEnd = buffered.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = buffered.toString('latin1', 0, headEnd);
    const bodyStart = headEnd + HEAD_END.length;
    const bodyEnd = bodyStart + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (buffered.length < bodyEnd) return;
    const body = fromJson(buffered.toString('utf8', bodyStart, bodyEnd));
    buffered = Buffer.alloc(0);
    const { waiting } = line;
    line.waiting = undefined;
    free();
    if (head.startsWith('HTTP/1.1 200')) waiting?.resolve(body);
    else waiting?.reject(exceptionOf(body));
  });
};

const headOf = (operation: string, bytes: number): string =>
  [
    'POST / HTTP/1.1',
    'host: store',
    'content-type: application/x-amz-json-1.0',
    `x-amz-target: DynamoDB_20120810.${operation}`,
    'x-amz-date: 20260101T000000Z',
    'authorization: AWS4-HMAC-SHA256 Credential=t/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    `content-length: ${bytes}`,
  ].join('\r\n') + HEAD_END;

const LINES = 8;

const openLine = async (port: number): Promise<Line> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return { socket, waiting: undefined };
};

/**
 * The embedded store, spoken to over kept connections and without the SDK's stack: a run makes thousands of requests,
 * and the SDK takes longer over one than the store does. That the SDK says the same is what the integration tests show.
 */
export const openEmbeddedStore = async (): Promise<Store> => {
  const { port, stop } = await startDynoxide({});
  const all = await Promise.all(Array.from({ length: LINES }, () => openLine(port)));
  const free = [...all];
  const queued: (() => void)[] = [];
  for (const line of all) {
    readAnswers(line, () => {
      free.push(line);
      queued.shift()?.();
    });
    line.socket.on('close', () => line.waiting?.reject(new Error('the store closed the connection')));
  }
  const raw = (operation: string, input: Plain): Promise<Plain> =>
    new Promise((resolve, reject) => {
      const body = toJson(input);
      const go = (): void => {
        const line = free.pop();
        if (!line) return void queued.push(go);
        line.waiting = { resolve, reject };
        line.socket.write(headOf(operation, Buffer.byteLength(body)) + body);
      };
      go();
    });
  return {
    send: async (operation, input) => toAnswer(await raw(operation, toRequest(input))),
    createTable: async (input) => void (await raw('CreateTable', input)),
    deleteTable: async (TableName) => void (await raw('DeleteTable', { TableName })),
    close: async () => {
      for (const { socket } of all) socket.destroy();
      await stop();
    },
  };
};
