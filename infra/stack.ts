import { alarms } from './alarms.ts';
import { merge, moduleDeclaration, type Product, settingsSchema } from './declaration.ts';
import { serverlessFunctions } from './functions.ts';
import { queues } from './queues.ts';
import { roles } from './roles.ts';
import { buckets, tables } from './storage.ts';

/** What osls hands to a configuration file which is a function. */
interface Configuration {
  resolveVariable(variable: string): Promise<unknown>;
}

const product = async ({ resolveVariable }: Configuration): Promise<Product> => {
  const modules = (await resolveVariable('self:custom.modules')) as unknown[];
  return {
    ...merge(modules.map((each) => moduleDeclaration.parse(each))),
    service: String(await resolveVariable('self:service')),
    stage: String(await resolveVariable('sls:stage')),
    settings: settingsSchema.parse(await resolveVariable('self:custom.settings')),
  };
};

export const functions = async (configuration: Configuration) =>
  serverlessFunctions(await product(configuration));

export const resources = async (configuration: Configuration) => {
  const all = await product(configuration);
  return { ...tables(all), ...buckets(all), ...queues(all), ...roles(all), ...alarms(all) };
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
