/** What happens around `serverless offline start`: references become local values, queues and schedules call functions. */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Template } from '../cloudformation.ts';
import { type HttpApi, openHttpApi } from '../http-api/server.ts';
import { loadPackagedTemplate } from '../package-template.ts';
import { cacheDir } from '../places.ts';
import { type Provisioned, provision } from '../provision.ts';
import { queueTriggers, scheduleTriggers } from '../triggers.ts';
import {
  type FunctionDefinition,
  type FunctionPool,
  functionPool,
  type Invoke,
  type Serverless,
} from './function-pool.ts';
import { type RunningSchedule, runSchedule } from './schedule.ts';
import { type Poller, pollQueue } from './sqs-poller.ts';
import { openWebsocketApi, type WebsocketApi } from './websocket-api.ts';

/** Lambda begins with five batches at once per queue; a laptop does well with fewer. */
const BATCHES_AT_ONCE = 3;

interface Running {
  readonly template: Template;
  readonly provisioned: Provisioned;
  readonly region: string;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  http?: HttpApi;
  sockets?: WebsocketApi | undefined;
  pollers: Poller[];
  schedules: RunningSchedule[];
  pool?: FunctionPool;
  sqs?: SQSClient;
}
let running: Running | undefined;

function endpoint(serverless: Serverless) {
  const url = process.env.AWS_ENDPOINT_URL;
  if (!url)
    throw new Error('AWS_ENDPOINT_URL is not set: a local run never touches real AWS. `npm start` sets it.');
  return { url, region: serverless.service.provider.region };
}

/** Makes what the template declares, and gives each function its environment with references replaced. */
export async function resolveEnvironments(serverless: Serverless): Promise<void> {
  const place = endpoint(serverless);
  const template = await loadPackagedTemplate(cacheDir());
  const provisioned = await provision(template, place);
  const { service } = serverless;
  const { naming } = serverless.getProvider('aws');
  for (const name of service.getAllFunctions()) {
    const definition = service.getFunction(name);
    definition.environment = localEnvironment(
      provisioned.environments[naming.getLambdaLogicalId(name)] ?? {},
    );
  }
  service.provider.environment = {};
  const { functions } = service;
  running = { template, provisioned, region: place.region, functions, pollers: [], schedules: [] };
  // serverless-offline runs the functions, but nothing of it listens or fires: neither its HTTP API (see http-api/server.ts)
  // nor Lambda's own, by which any page could call any function, nor its schedules, which know some forms only.
  service.functions = {};
}

/** A setting of the start's own → the variable that a function which wants it has in the template. */
const OWN_SETTINGS: Readonly<Record<string, string>> = {
  AUTH_JWKS: 'AUTH_ISSUER',
  AUTH_JWKS_URL: 'AUTH_ISSUER',
  AUTH_ISSUER: 'AUTH_ISSUER',
  AUTH_AUDIENCE: 'AUTH_ISSUER',
  PUBLIC_URL: 'PUBLIC_URL',
  LIVE_CALLBACK_URL: 'LIVE_CALLBACK_URL',
  MASTER_SECRET: 'MASTER_SECRET_NAME',
  SMTP_URL: 'MAIL_TRANSPORT',
  OUTBOUND_LOOPBACK: 'OUTBOUND_PORTS',
};

/** They win over the template's: addresses and keys of this machine exist only here. */
function localEnvironment(packaged: Readonly<Record<string, string>>): Record<string, string> {
  const { LOG_LEVEL } = process.env;
  const own = Object.entries(OWN_SETTINGS).flatMap(([name, wantedBy]) => {
    const value = process.env[name];
    return value !== undefined && wantedBy in packaged ? [[name, value]] : [];
  });
  return { ...packaged, ...(LOG_LEVEL ? { LOG_LEVEL } : {}), ...Object.fromEntries(own) };
}

interface Ports {
  readonly http: number;
  readonly websocket: number;
}

/** @param ports where the two APIs listen. */
export async function startTriggers(serverless: Serverless, ports: Ports): Promise<void> {
  if (!running) throw new Error('functions have no environments yet');
  const { region, template, functions } = running;
  const pool = await functionPool(serverless, functions);
  const { naming } = serverless.getProvider('aws');
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const sqs = new SQSClient({ region, ...(endpoint && { endpoint }) });
  const names = new Map(Object.keys(functions).map((name) => [naming.getLambdaLogicalId(name), name]));
  const invokeOf =
    (functionId: string): Invoke =>
    (event) =>
      pool.invoke(names.get(functionId) ?? functionId, event);
  pool.warm();
  running.http = await openHttpApi({
    template,
    port: ports.http,
    invoke: (functionId, event) => invokeOf(functionId)(event),
    onError: tell,
  });
  running.sockets = await openWebsocketApi(serverless, ports.websocket, { pool, functions });
  running.pollers = startPollers(running, sqs, invokeOf);
  running.schedules = scheduleTriggers(running.template, region).map((trigger) =>
    runSchedule(trigger, (event) => {
      invokeOf(trigger.functionId)(event).catch(tell);
    }),
  );
  Object.assign(running, { pool, sqs });
  // Whoever started this process waits for the word.
  process.send?.({ ready: true });
}

function startPollers(
  { template, provisioned, region }: Running,
  sqs: SQSClient,
  invokeOf: (id: string) => Invoke,
) {
  return queueTriggers(template).map((trigger) => {
    const queue = provisioned.ids[trigger.queueId];
    if (!queue)
      throw new Error(`${trigger.functionId} listens to ${trigger.queueId}, which is not in the template`);
    return pollQueue(sqs, {
      queueUrl: queue.ref,
      source: { arn: queue.attributes?.Arn ?? '', region },
      batchSize: trigger.batchSize,
      reportsFailures: trigger.reportsFailures,
      concurrency: Math.min(BATCHES_AT_ONCE, trigger.maxConcurrency),
      invoke: invokeOf(trigger.functionId),
      onError: tell,
    });
  });
}

function tell(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

export async function stopTriggers(): Promise<void> {
  if (!running) return;
  await running.http?.stop();
  await running.sockets?.stop();
  for (const schedule of running.schedules) schedule.stop();
  await Promise.all(running.pollers.map((poller) => poller.stop()));
  running.sqs?.destroy();
  await running.pool?.end();
  running = undefined;
}
