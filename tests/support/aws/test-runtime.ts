import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createRevocations } from '../../../lib/platform/auth/revocation-list.ts';
import { createTokenVerifier } from '../../../lib/platform/auth/verify-token.ts';
import type { Caller } from '../../../lib/platform/caller.ts';
import { callbackUrl } from '../../../lib/platform/config.ts';
import { connectionsApi } from '../../../lib/platform/connections/connections-api.ts';
import { s3Files, s3Http } from '../../../lib/platform/files/s3-files.ts';
import type { S3Access } from '../../../lib/platform/files/s3-requests.ts';
import type { Ids } from '../../../lib/platform/ids.ts';
import { createLog } from '../../../lib/platform/log.ts';
import { createDocumentClient } from '../../../lib/platform/open-runtime.ts';
import { createRateLimiter } from '../../../lib/platform/rate-limits/rate-limiter.ts';
import type { Fetch, Runtime } from '../../../lib/platform/runtime.ts';
import { createSecrets } from '../../../lib/platform/secrets/master-secret.ts';
import { LOCAL_CREDENTIALS } from '../../../localstack/provision.ts';
import { unlimited } from '../platform/unlimited.ts';
import { fetchProduct } from './call.ts';
import { HeldMessages, holdDelayed } from './held-messages.ts';
import { namesIn } from './lazy-resources.ts';
import { ManualClock, risingIds } from './manual-clock.ts';
import type { TestAws } from './start-aws.ts';
import { noteStirred } from './stirred-queues.ts';
import { signToken, TEST_AUDIENCE, TEST_ISSUER, testJwks } from './tokens.ts';

export interface TestRuntime extends Runtime {
  readonly clock: ManualClock;
  readonly aws: TestAws;
  readonly held: HeldMessages;
  /** To look behind `files`. */
  readonly s3: S3Client;
  /** What `files` sends goes through here, once for each attempt; a test may put something else in its place. */
  readonly filesHttp: { handle: S3Access['http']['handle'] };
  /** A signed token for this caller by this runtime's clock; `claims` override, to make broken ones. */
  token(caller: Caller, claims?: Record<string, unknown>): Promise<string>;
}

export interface TestRuntimeOptions {
  readonly clock?: ManualClock;
  readonly ids?: Ids;
  readonly env?: Readonly<Record<string, string>>;
  /** Counts requests as the product does; without it, nobody asks too often. */
  readonly limited?: true;
  /** The way out. Without it: the product itself at TEST_PUBLIC_URL, and servers on this machine. */
  readonly fetch?: Fetch;
}

/** Where the product of a test stands; `fetch` to it goes through the routers in this process. */
export const TEST_PUBLIC_URL = 'https://api.invalid';

/** 127.0.0.1 and nothing else: no test depends on, or bothers, somebody else's server. */
const fetchLocal: Fetch = async (url, init) => {
  const { hostname, origin } = new URL(url);
  if (hostname !== '127.0.0.1') throw new TypeError(`fetch failed: tests do not call ${origin}`);
  return fetch(url, init);
};

/** Whatever a command names exists when it is sent. */
const makeWhatIsNamed =
  (aws: TestAws) =>
  <Args extends { readonly input: object }, Output>(next: (args: Args) => Promise<Output>) =>
  async (args: Args): Promise<Output> => {
    await aws.ensure(namesIn(args.input));
    return next(args);
  };

const bucketsIn = (env: TestAws['env']): string[] =>
  Object.entries(env).flatMap(([name, value]) => (name.startsWith('BUCKET_') ? value : []));

/** Everything from outside, bound to the test's own AWS. Delayed messages wait for the test's clock. */
export async function testRuntime(aws: TestAws, options: TestRuntimeOptions = {}): Promise<TestRuntime> {
  const clock = options.clock ?? new ManualClock();
  const env = { ...aws.env, ...(await testSettings(aws)), ...options.env };
  const client = { endpoint: aws.url, region: aws.region, credentials: LOCAL_CREDENTIALS };
  const log = createLog(env);
  const dynamo = createDocumentClient(new DynamoDBClient(client));
  const sqs = new SQSClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const http = s3Http();
  const filesHttp = { handle: http.handle.bind(http) as S3Access['http']['handle'] };
  const held = new HeldMessages();
  holdDelayed(sqs, held, clock);
  noteStirred(sqs, aws.stirred);
  const first = { step: 'initialize', priority: 'high', name: 'makeWhatIsNamed' } as const;
  dynamo.middlewareStack.add(makeWhatIsNamed(aws), first);
  sqs.middlewareStack.add(makeWhatIsNamed(aws), first);
  s3.middlewareStack.add(makeWhatIsNamed(aws), first);
  const way: Fetch = (url, init) =>
    new URL(url).origin === TEST_PUBLIC_URL ? fetchProduct(rt, url, init) : fetchLocal(url, init);
  const fetch = options.fetch ?? way;
  const isRevoked = createRevocations();
  const rt: TestRuntime = {
    aws,
    held,
    clock,
    ids: options.ids ?? risingIds(clock),
    dynamo,
    sqs,
    s3,
    filesHttp,
    files: async () => {
      // Signing the address of a file asks the store nothing.
      await aws.ensure({ BucketName: bucketsIn(env) });
      return s3Files({
        endpoint: aws.url,
        region: aws.region,
        credentials: async () => LOCAL_CREDENTIALS,
        http: { handle: (...request) => filesHttp.handle(...request) },
      });
    },
    sockets: async () =>
      connectionsApi({
        url: callbackUrl(env),
        region: aws.region,
        credentials: async () => LOCAL_CREDENTIALS,
      }),
    env,
    log,
    fetch,
    secret: createSecrets(env),
    verifyToken: createTokenVerifier(env, clock, way, (claims) => isRevoked(rt, claims)),
    limiter: options.limited ? createRateLimiter({ clock, log, dynamo, env }) : unlimited,
    token: (caller, claims) => signToken(caller, clock, claims),
  };
  return rt;
}

const TEST_MASTER_SECRET = 'a master secret of tests, the same on every machine';

async function testSettings(aws: TestAws): Promise<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: aws.region,
    AUTH_JWKS: await testJwks(),
    AUTH_JWKS_URL: `${TEST_PUBLIC_URL}/.well-known/jwks.json`,
    AUTH_ISSUER: TEST_ISSUER,
    AUTH_AUDIENCE: TEST_AUDIENCE,
    PUBLIC_URL: TEST_PUBLIC_URL,
    MASTER_SECRET: TEST_MASTER_SECRET,
    OUTBOUND_PORTS: '443,8443',
    OUTBOUND_LOOPBACK: 'allowed',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'SILENT',
  };
}
