import { callbackUrl, issuer, jwksUrl, publicUrl } from './addresses.ts';
import type { FunctionDeclaration, ModuleDeclaration, Product } from './declaration.ts';
import { mailEnvironment } from './mail.ts';
import {
  arn,
  bucketId,
  bucketVariable,
  queueId,
  ref,
  roleId,
  tableId,
  tableVariable,
  type Value,
} from './names.ts';
import { masterSecretName } from './secret.ts';

type Event = Readonly<Record<string, Value>>;

/** Routes with a throttle of their own are in throttled-routes.ts. */
const httpEvents = ({ routes }: FunctionDeclaration): Event[] =>
  routes.flatMap((path) => {
    if (path === '$default') return [{ httpApi: '*' }];
    return [{ httpApi: `ANY ${path}` }, { httpApi: `ANY ${path}/{proxy+}` }];
  });

const queueEvents = (own: ModuleDeclaration, queues: readonly string[]): Event[] =>
  queues.map((name) => {
    const queue = own.queues[name];
    if (!queue) throw new Error(`${name} is no queue of the module whose function listens to it`);
    return {
      sqs: {
        arn: arn(queueId(name)),
        batchSize: queue.batchSize,
        functionResponseType: 'ReportBatchItemFailures',
        ...(queue.maxConcurrency !== undefined && { maximumConcurrency: queue.maxConcurrency }),
      },
    };
  });

/** Without `input`: the event then keeps its `time`, from which the handler takes its period. */
const scheduleEvents = (rate: string | undefined): Event[] => (rate ? [{ schedule: { rate: [rate] } }] : []);

/** Frames name no route, so all of them come by the default one. */
const socketEvents = ({ sockets }: FunctionDeclaration): Event[] =>
  sockets ? ['$connect', '$disconnect', '$default'].map((websocket) => ({ websocket })) : [];

const authEnvironment = ({ settings }: Product): Record<string, Value> => ({
  AUTH_ISSUER: issuer(settings),
  AUTH_AUDIENCE: settings.authAudience,
  AUTH_JWKS_URL: jwksUrl(settings),
  ...(settings.authJwks && { AUTH_JWKS: settings.authJwks }),
});

/** A hash of a secret that nobody can guess may be read by everyone who may look at the function. */
const frontEnvironment = ({ settings }: Product): Record<string, Value> =>
  settings.originSecretSha256
    ? {
        ORIGIN_SECRET_SHA256: settings.originSecretSha256,
        ...(settings.consoleDomain && { VIEWER_ADDRESS_HEADER: 'x-viewer-address' }),
      }
    : {};

/** What the address of each queue of the stage begins with, whichever stack it is in. */
const queueBase = ({ stage, service }: Product): Value => ({
  'Fn::Sub': `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${stage}-${service}-`,
});

/** Whoever lets callers in, and the module that keeps their keys. */
const seesAccess = (
  { accessTable }: Product,
  { signedIn, readsKeys, tables }: FunctionDeclaration,
): boolean => signedIn || readsKeys || accessTable in tables;

const environment = (product: Product, declared: FunctionDeclaration): Record<string, Value> => ({
  STAGE: product.stage,
  LOG_LEVEL: product.settings.logLevel,
  // The wrappers' configuration names it whether or not this function writes there.
  [tableVariable('platform')]: ref(tableId('platform')),
  ...(seesAccess(product, declared) && { [tableVariable('access')]: ref(tableId(product.accessTable)) }),
  ...(declared.signedIn && authEnvironment(product)),
  ...(declared.routes.length > 0 && frontEnvironment(product)),
  ...(declared.secrets && { MASTER_SECRET_NAME: masterSecretName(product) }),
  ...(declared.publicUrl && { PUBLIC_URL: publicUrl(product.settings) }),
  ...(declared.sendsFrames && { LIVE_CALLBACK_URL: callbackUrl(product) }),
  ...(declared.callsOut && {
    OUTBOUND_PORTS: product.settings.outboundPorts,
    PROVIDER_HOSTS: product.settings.providerHosts,
  }),
  ...(declared.writesEmails && { EMAIL_HOSTS: product.settings.emailHosts }),
  ...(declared.sendsMail && mailEnvironment(product)),
  ...Object.fromEntries(
    Object.keys(declared.tables).map((name) => [tableVariable(name), ref(tableId(name))]),
  ),
  ...(declared.sends.length > 0 && { QUEUE_BASE: queueBase(product) }),
  ...Object.fromEntries(
    Object.keys(declared.buckets).map((name) => [bucketVariable(name), ref(bucketId(name))]),
  ),
});

/** A module's `functions` of the Serverless configuration. */
export const serverlessFunctions = (
  product: Product,
  own: ModuleDeclaration,
): Record<string, Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(own.functions).map(([name, declared]) => [
      name,
      {
        handler: declared.handler,
        description: declared.description,
        timeout: declared.timeoutSec,
        memorySize: declared.memoryMb,
        role: roleId(name),
        environment: environment(product, declared),
        events: [
          ...httpEvents(declared),
          ...queueEvents(own, declared.consumes),
          ...scheduleEvents(declared.schedule),
          ...socketEvents(declared),
        ],
      },
    ]),
  );
