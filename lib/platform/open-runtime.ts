import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createRevocations } from './auth/revocation-list.ts';
import { createTokenVerifier } from './auth/verify-token.ts';
import { systemClock } from './clock.ts';
import { type Environment, processEnvironment } from './config.ts';
import type { Sockets } from './connections/sockets.ts';
import type { Fetch } from './fetch.ts';
import type { FileStore } from './files/file-store.ts';
import { systemIds } from './ids.ts';
import { refuseLocalSettings } from './local-settings.ts';
import { createLog } from './log.ts';
import { createRateLimiter } from './rate-limits/rate-limiter.ts';
import type { Runtime } from './runtime.ts';
import { createSecrets } from './secrets/master-secret.ts';
import { countThrottles } from './storage/count-throttles.ts';

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

/**
 * The only way to the S3 client, its signer and the reader of file types. They are a third of a cold start, and few
 * requests touch a file: in the bundle, too, what is imported here is evaluated on first use.
 */
const filesOnDemand = (env: Environment): Runtime['files'] => {
  let store: Promise<FileStore> | undefined;
  return () => {
    store ??= import('./files/s3-files.ts').then(({ openS3Files }) => openS3Files(env));
    return store;
  };
};

/** The only way to the client of connections: few functions send frames. */
const socketsOnDemand = (env: Environment): Runtime['sockets'] => {
  let sockets: Promise<Sockets> | undefined;
  return () => {
    sockets ??= import('./connections/connections-api.ts').then(({ openConnections }) =>
      openConnections(env),
    );
    return sockets;
  };
};

/** To the address of the published keys, which the deployment fixes. */
const fetchKeys: Fetch = (url, init) => fetch(url, init);

/** Few invocations of few functions call anybody. */
const wayOutOnDemand = (env: Environment): Fetch => {
  let way: Promise<Fetch> | undefined;
  return async (url, init) => {
    way ??= import('./outbound/pinned-fetch.ts').then(({ pinnedFetch }) => pinnedFetch({ env }));
    return (await way)(url, init);
  };
};

/** Throws Error on settings that belong to a run on a laptop. */
export const createRuntime = (env: Environment): Runtime => {
  refuseLocalSettings(env);
  const clock = systemClock;
  const log = createLog(env);
  const isRevoked = createRevocations();
  const dynamo = createDocumentClient(countThrottles(new DynamoDBClient({}), log));
  const rt: Runtime = {
    clock,
    ids: systemIds(clock),
    dynamo,
    sqs: new SQSClient({}),
    files: filesOnDemand(env),
    sockets: socketsOnDemand(env),
    env,
    log,
    fetch: wayOutOnDemand(env),
    secret: createSecrets(env),
    verifyToken: createTokenVerifier(env, clock, fetchKeys, (claims) => isRevoked(rt, claims)),
    limiter: createRateLimiter({ clock, log, dynamo, env }),
  };
  return rt;
};
