import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Environment } from './config.ts';
import type { Sockets } from './connections/sockets.ts';
import type { Fetch } from './fetch.ts';
import type { FileStore } from './files/file-store.ts';
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import type { RateLimiter } from './rate-limiter.ts';

export type { Fetch };

/** Everything that comes from outside. The wrappers take it once per invocation and hand it on. */
export interface Runtime {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly env: Environment;
  readonly log: Log;
  /** Id of the request that started this: it is in every log line and every event. */
  readonly correlationId?: string;
  /** Opened on first use. */
  files(): Promise<FileStore>;
  /** Opened on first use. */
  sockets(): Promise<Sockets>;
  readonly fetch: Fetch;
  /** 32 bytes for one purpose, derived from the stage's master secret; the same in every function, for the life of the stage. */
  secret(purpose: string): Promise<Buffer>;
  /** Throws an AppError of kind `unauthenticated`. */
  verifyToken(token: string): Promise<Caller>;
  /** Counts the requests of each caller. */
  readonly limiter: RateLimiter;
}
