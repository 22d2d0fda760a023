import { eventRoutes } from '../lib/platform/outbox/routes.ts';
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

/** Keeps one caller from taking the account's whole rate, which all its HTTP APIs share. */
export const extensions = async ({ resolveVariable }: Configuration) => ({
  HttpApiStage: {
    Properties: {
      DefaultRouteSettings: {
        ThrottlingRateLimit: Number(await resolveVariable('param:throttleRate')),
        ThrottlingBurstLimit: Number(await resolveVariable('param:throttleBurst')),
      },
    },
  },
});
