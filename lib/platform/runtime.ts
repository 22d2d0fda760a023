import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Caller } from './auth/caller.ts';
import { createTokenVerifier } from './auth/verify-token.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Environment, processEnvironment } from './config.ts';
import { type Ids, systemIds } from './ids.ts';
import { createLog, type Log } from './log.ts';

/** Everything that comes from outside. The wrappers take it once per invocation and hand it on. */
export interface Runtime {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly env: Environment;
  readonly log: Log;
  /** What set this off, from the first request on: it stands in every log line and travels with every event. */
  readonly correlationId?: string;
  /** Throws an AppError of kind `unauthenticated`. */
  verifyToken(token: string): Promise<Caller>;
}

const current = new AsyncLocalStorage<Runtime>();
let coldStart: Runtime | undefined;

/** The runtime of this invocation: the one put around it by `withRuntime`, else that of the process. */
export const runtime = (): Runtime => {
  const given = current.getStore();
  if (given) return given;
  coldStart ??= createRuntime(processEnvironment());
  return coldStart;
};

/** Runs `work` in a world of its own. Tests and the simulation use it; nothing else needs to. */
export const withRuntime = <T>(rt: Runtime, work: () => T): T => current.run(rt, work);

const marshal = { marshallOptions: { removeUndefinedValues: true } };

export const createDocumentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, marshal);

export const createRuntime = (env: Environment): Runtime => {
  const clock = systemClock;
  const log = createLog(env);
  return {
    clock,
    ids: systemIds(clock),
    dynamo: createDocumentClient(new DynamoDBClient({})),
    sqs: new SQSClient({}),
    // The local endpoint has no wildcard host names; on AWS the SDK's own choice stands.
    s3: new S3Client({ forcePathStyle: Boolean(env.AWS_ENDPOINT_URL) }),
    env,
    log,
    verifyToken: createTokenVerifier(env, clock),
  };
};
