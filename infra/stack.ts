import type { ModuleDefinition } from '../lib/platform/define-module.ts';
import { consoleOutputs, consoleStack } from './console/console-stack.ts';
import {
  type ModuleDeclaration,
  merge,
  moduleDeclaration,
  type Product,
  settingsSchema,
} from './declaration.ts';
import { queuesSentTo } from './event-routes.ts';
import { serverlessFunctions } from './functions.ts';
import { importedApi, localized, localizedPart, ownersOf, socketsExport } from './localize.ts';
import { moduleDefinitions } from './module-definitions.ts';
import { CONSOLE, SHARED } from './modules.ts';
import { routeId, SOCKETS_API_ID, SOCKETS_STAGE_ID } from './names.ts';
import { declarationOf, unionOf } from './parts.ts';

/** What osls hands to a configuration file which is a function. */
interface Configuration {
  resolveVariable(variable: string): Promise<unknown>;
}

/**
 * What functions.yml says of a module, with the queues that its functions send to.
 * @throws Error when it has a queue beside that of its events and does not say why.
 */
const declared = (read: unknown, definition: ModuleDefinition): ModuleDeclaration => {
  const { functions, ...rest } = moduleDeclaration.parse(read);
  for (const [name, { reason, terminal }] of Object.entries(rest.queues)) {
    if (reason === undefined && !terminal && name !== `${definition.name}-events`)
      throw new Error(`${definition.name}: the queue ${name} has no reason`);
  }
  const withQueues = Object.entries(functions).map(([name, each]) => [
    name,
    { ...each, sends: queuesSentTo(definition, each) },
  ]);
  return { ...rest, functions: Object.fromEntries(withQueues) };
};

/** @throws Error when not exactly one module keeps access. */
const accessTable = (definitions: readonly ModuleDefinition[]): string => {
  const [table, ...others] = definitions.flatMap((each) => (each.keepsAccess ? (each.table ?? []) : []));
  if (table !== undefined && others.length === 0) return table;
  throw new Error('exactly one module keeps access, in its table');
};

const product = async ({ resolveVariable }: Configuration): Promise<Product> => {
  const definitions = await moduleDefinitions();
  const all = definitions.map(async (definition) => {
    const read = await resolveVariable(`file(./functions/${definition.name}/functions.yml)`);
    return [definition.name, declared(read, definition)] as const;
  });
  const modules = Object.fromEntries(await Promise.all(all));
  return {
    ...merge(Object.values(modules)),
    modules,
    accessTable: accessTable(definitions),
    service: String(await resolveVariable('self:service')),
    stage: String(await resolveVariable('sls:stage')),
    settings: settingsSchema.parse(await resolveVariable('self:custom.settings')),
  };
};

/** The module whose stack is asked for; nothing: all of them in one. */
const asked = async ({ resolveVariable }: Configuration): Promise<string | undefined> => {
  const name = String(await resolveVariable('param:module'));
  return name === '' ? undefined : name;
};

/** Whether the stack asked for has the HTTP API in it, or has it from another. */
const hasApi = async (configuration: Configuration): Promise<boolean> =>
  [undefined, SHARED].includes(await asked(configuration));

export const stackName = async (configuration: Configuration): Promise<string> => {
  const { service, stage } = await product(configuration);
  return [service, stage, await asked(configuration)].filter(Boolean).join('-');
};

export const functions = async (configuration: Configuration) => {
  const [all, module] = [await product(configuration), await asked(configuration)];
  if (module === CONSOLE) return {};
  if (module === undefined) return serverlessFunctions(all, all);
  return localized(ownersOf(all), module, serverlessFunctions(all, declarationOf(all, module)));
};

export const resources = async (configuration: Configuration) => {
  const [all, module] = [await product(configuration), await asked(configuration)];
  if (module === CONSOLE) return consoleStack(all);
  return module === undefined ? unionOf(all) : localizedPart(all, module);
};

/** What another stack, or a person, needs of this one. */
const sharedOutputs = async (configuration: Configuration) => {
  const [all, module] = [await product(configuration), await asked(configuration)];
  if (module === CONSOLE) return consoleOutputs;
  const own = module === undefined ? all : declarationOf(all, module);
  const hasSockets = Object.values(own.functions).some(({ sockets }) => sockets);
  if (!hasSockets) return {};
  return { WebsocketsApiId: { Value: { Ref: SOCKETS_API_ID }, Export: { Name: socketsExport(all) } } };
};

/** osls gives each stack's bucket the same export's name, of which an account and region can have one. */
export const outputs = async (configuration: Configuration) => ({
  ServerlessDeploymentBucketName: {
    Export: { Name: `${await stackName(configuration)}-deployment-bucket` },
  },
  ...(await sharedOutputs(configuration)),
});

export const logs = async (configuration: Configuration) =>
  (await hasApi(configuration)) ? { httpApi: true } : {};

/** Those who import the API may say nothing else of it. */
export const httpApi = async (configuration: Configuration) => {
  const all = await product(configuration);
  if (!(await hasApi(configuration))) return { id: importedApi(all) };
  const cors = (await configuration.resolveVariable('self:custom.cors')) as object;
  return {
    name: `${all.stage}-${all.service}`,
    cors: { ...cors, allowedOrigins: all.settings.corsOrigins.split(',') },
  };
};

const DEPLOYMENTS_KEPT_DAYS = 90;
/** Ten thousand executors send a beat every ten seconds, and as many others now and then a frame. */
const FRAMES_PER_SEC = 2_000;

const routeThrottle = (perSec: number, burst: number) => ({
  ThrottlingRateLimit: perSec,
  ThrottlingBurstLimit: burst,
});

/** Versions of the deployment bucket are for going back by hand; osls itself keeps the last five deployments. */
const deploymentBucket = {
  Properties: {
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'old versions',
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: DEPLOYMENTS_KEPT_DAYS },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
  },
};

/**
 * Keeps one caller from taking the account's whole rate, which all its HTTP APIs share. A route's own throttle needs the route
 * to be there first, and CloudFormation cannot know that.
 */
const apiStage = async (configuration: Configuration) => {
  const { functions: all } = await product(configuration);
  const apart = Object.values(all).flatMap(({ throttledApart }) => Object.entries(throttledApart));
  const [rate, burst] = await Promise.all(
    ['param:throttleRate', 'param:throttleBurst'].map((name) => configuration.resolveVariable(name)),
  );
  return {
    Properties: {
      DefaultRouteSettings: routeThrottle(Number(rate), Number(burst)),
      RouteSettings: Object.fromEntries(
        apart.map(([route, own]) => [route, routeThrottle(own.perSec, own.burst)]),
      ),
    },
    DependsOn: apart.map(([route]) => routeId(route)),
  };
};

/** Of the stack whose function works off the WebSocket API: frames of everybody together, below what the account may. */
const socketStage = async (configuration: Configuration) => {
  const [all, module] = [await product(configuration), await asked(configuration)];
  if (module === CONSOLE) return {};
  const own = module === undefined ? all : declarationOf(all, module);
  if (!Object.values(own.functions).some(({ sockets }) => sockets)) return {};
  return {
    [SOCKETS_STAGE_ID]: {
      Properties: { DefaultRouteSettings: routeThrottle(FRAMES_PER_SEC, 2 * FRAMES_PER_SEC) },
    },
  };
};

export const extensions = async (configuration: Configuration) => ({
  ServerlessDeploymentBucket: deploymentBucket,
  ...(await socketStage(configuration)),
  ...((await hasApi(configuration)) && { HttpApiStage: await apiStage(configuration) }),
});
