import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createTokenVerifier } from '../../../lib/platform/auth/verify-token.ts';
import type { Caller } from '../../../lib/platform/caller.ts';
import { createLog } from '../../../lib/platform/log.ts';
import { createDocumentClient } from '../../../lib/platform/open-runtime.ts';
import { createRateLimiter } from '../../../lib/platform/rate-limits/rate-limiter.ts';
import type { Fetch, Runtime } from '../../../lib/platform/runtime.ts';
import { createSecrets } from '../../../lib/platform/secrets/master-secret.ts';
import { ManualClock, risingIds } from '../aws/manual-clock.ts';
import { signToken, TEST_AUDIENCE, TEST_ISSUER, testJwks } from '../aws/tokens.ts';
import { unlimited } from './unlimited.ts';

/** What an AWS client was asked to do: the command's name without `Command`, and its input. */
export interface Sent {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs of every command
  readonly input: any;
}

/** Answers a command in place of AWS. */
export type Answering = (sent: Sent) => unknown;

export interface OfflineRuntime extends Runtime {
  readonly clock: ManualClock;
  /** Lines of the log, parsed. */
  readonly lines: Record<string, unknown>[];
  token(caller: Caller, claims?: Record<string, unknown>): Promise<string>;
}

interface Sender {
  send: (command: { constructor: { name: string }; input: unknown }) => Promise<unknown>;
}

const answerWith = <C>(client: C, answer: Answering | undefined): C => {
  (client as Sender).send = async (command) => {
    const sent = { name: command.constructor.name.replace(/Command$/, ''), input: command.input };
    if (!answer) throw new Error(`nobody answers ${sent.name}`);
    return answer(sent);
  };
  return client;
};

/** Everything from outside, without a network: a test says what the store and the queues answer. */
export const offlineRuntime = async (
  answers: {
    dynamo?: Answering;
    sqs?: Answering;
    fetch?: Fetch;
    env?: Record<string, string>;
    /** Counts requests as the product does. */
    limited?: true;
  } = {},
): Promise<OfflineRuntime> => {
  const clock = new ManualClock();
  const env = {
    STAGE: 'test',
    TABLE_PLATFORM: 'test-platform',
    TABLE_AUDIT: 'test-audit',
    QUEUE_BASE: 'https://queue.invalid/',
    AUTH_JWKS: await testJwks(),
    AUTH_ISSUER: TEST_ISSUER,
    AUTH_AUDIENCE: TEST_AUDIENCE,
    MASTER_SECRET: 'a master secret of tests without a network',
    LOG_LEVEL: 'DEBUG',
    ...answers.env,
  };
  const lines: Record<string, unknown>[] = [];
  const region = 'eu-west-1';
  const dynamo = answerWith(createDocumentClient(new DynamoDBClient({ region })), answers.dynamo);
  const log = createLog(env, { write: (line) => lines.push(JSON.parse(line)), nowMs: () => clock.nowMs() });
  return {
    clock,
    lines,
    ids: risingIds(clock),
    dynamo,
    sqs: answerWith(new SQSClient({ region }), answers.sqs),
    files: () => Promise.reject(new Error('nobody keeps files')),
    sockets: () => Promise.reject(new Error('nobody is connected')),
    env,
    log,
    fetch: answers.fetch ?? ((url) => Promise.reject(new TypeError(`nobody answers at ${url}`))),
    secret: createSecrets(env),
    verifyToken: createTokenVerifier(env, clock, answers.fetch),
    limiter: answers.limited ? createRateLimiter({ clock, log, dynamo, env }) : unlimited,
    token: (caller, claims) => signToken(caller, clock, claims),
  };
};
