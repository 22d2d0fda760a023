import { eventRoutes } from '../lib/platform/events/routes.ts';
import { alarms } from './alarms.ts';
import {
  type FunctionDeclaration,
  type ModuleDeclaration,
  merge,
  moduleDeclaration,
  type Product,
  settingsSchema,
} from './declaration.ts';
import { serverlessFunctions } from './functions.ts';
import { mail } from './mail.ts';
import { routeId } from './names.ts';
import { queues } from './queues.ts';
import { roles } from './roles.ts';
import { secrets } from './secret.ts';
import { buckets, tables } from './storage.ts';

/** What osls hands to a configuration file which is a function. */
interface Configuration {
  resolveVariable(variable: string): Promise<unknown>;
}

const EVENTS = '$events';

/** The queues of all events, as far as a module declares them; that none is missing is a test's to say. */
const eventQueues = ({ queues }: ModuleDeclaration): string[] =>
  [...new Set(Object.values(eventRoutes).flat())].filter((name) => name in queues);

const spellOut = (all: ModuleDeclaration): ModuleDeclaration => {
  const spelled = ({ sends, ...rest }: FunctionDeclaration): FunctionDeclaration => ({
    ...rest,
    sends: sends.flatMap((name) => (name === EVENTS ? eventQueues(all) : [name])),
  });
  const functions = Object.entries(all.functions).map(([name, each]) => [name, spelled(each)]);
  return { ...all, functions: Object.fromEntries(functions) };
};

const product = async ({ resolveVariable }: Configuration): Promise<Product> => {
  const modules = (await resolveVariable('self:custom.modules')) as unknown[];
  return {
    ...spellOut(merge(modules.map((each) => moduleDeclaration.parse(each)))),
    service: String(await resolveVariable('self:service')),
    stage: String(await resolveVariable('sls:stage')),
    settings: settingsSchema.parse(await resolveVariable('self:custom.settings')),
  };
};

export const functions = async (configuration: Configuration) =>
  serverlessFunctions(await product(configuration));

export const resources = async (configuration: Configuration) => {
  const all = await product(configuration);
  return {
    ...tables(all),
    ...buckets(all),
    ...secrets(all),
    ...queues(all),
    ...mail(all),
    ...roles(all),
    ...alarms(all),
  };
};

/** Origins whose pages may call the HTTP API. */
export const corsOrigins = async (configuration: Configuration) =>
  (await product(configuration)).settings.corsOrigins.split(',');

const routeThrottle = (perSec: number, burst: number) => ({
  ThrottlingRateLimit: perSec,
  ThrottlingBurstLimit: burst,
});

/**
 * Keeps one caller from taking the account's whole rate, which all its HTTP APIs share. A route's own throttle needs the route
 * to be there first, and CloudFormation cannot know that.
 */
export const extensions = async (configuration: Configuration) => {
  const { functions: all } = await product(configuration);
  const apart = Object.values(all).flatMap(({ throttledApart }) => Object.entries(throttledApart));
  const [rate, burst] = await Promise.all(
    ['param:throttleRate', 'param:throttleBurst'].map((name) => configuration.resolveVariable(name)),
  );
  return {
    HttpApiStage: {
      Properties: {
        DefaultRouteSettings: routeThrottle(Number(rate), Number(burst)),
        RouteSettings: Object.fromEntries(
          apart.map(([route, own]) => [route, routeThrottle(own.perSec, own.burst)]),
        ),
      },
      DependsOn: apart.map(([route]) => routeId(route)),
    },
  };
};
