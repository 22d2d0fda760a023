import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleNames, SHARED } from '../../../infra/modules.ts';
import { functionId } from '../../../infra/names.ts';
import { functions, outputs, resources } from '../../../infra/stack.ts';
import { packageWithoutCode } from '../../../localstack/package-template.ts';
import { closeRoom, openRoom, TEMPLATE } from '../../../scripts/stacks/room.ts';
import { configurationOf } from './configuration.ts';
import { offlineEnvironment } from './package-product.ts';
import { type Json, named, type Resource, template } from './packaged.ts';

export interface Stack {
  readonly module: string;
  readonly functions: Record<string, Json>;
  readonly resources: Record<string, Resource>;
  readonly outputs: Record<string, Json>;
}

const stackOf = async (module: string): Promise<Stack> => {
  const configuration = configurationOf(module);
  return {
    module,
    functions: (await functions(configuration)) as Record<string, Json>,
    resources: (await resources(configuration)) as unknown as Record<string, Resource>,
    outputs: await outputs(configuration),
  };
};

/** Each module's stack as infra/ says it, without what osls makes of its functions. */
export const allStacks = (): Promise<Stack[]> => Promise.all(moduleNames().map(stackOf));
export const unionStack = (): Promise<Stack> => stackOf('');

/** A stack as osls packages it, without code, offline. */
export const packageStack = async (module: string): Promise<typeof template> => {
  const room = openRoom();
  try {
    await packageWithoutCode(room, [`--param=module=${module}`], offlineEnvironment(room));
    return JSON.parse(readFileSync(join(room, TEMPLATE), 'utf8'));
  } finally {
    closeRoom(room);
  }
};

/** osls makes these for each stack, or once for the API. */
const DEPLOYMENT = /^ServerlessDeploymentBucket/;

/** Ids of what osls adds to a module's stack, read from the union: they follow from its functions' names. */
const addedBy = ({ functions: own, module }: Stack): string[] => {
  const stems = Object.keys(own).map((name) => functionId(name).replace(/LambdaFunction$/, ''));
  const isOwn = (id: string): boolean =>
    stems.some((stem) => new RegExp(`^(HttpApiIntegration)?${stem}(?!Dash)`).test(id));
  const targets = (route: Resource): string => named(route.Properties.Target['Fn::Join'][1][1]) ?? '';
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    if (DEPLOYMENT.test(id)) return [id];
    const isRoute = resource.Type === 'AWS::ApiGatewayV2::Route';
    if (isOwn(isRoute ? targets(resource) : id)) return [id];
    if (module === 'live' && /^Websockets(Api|Deployment)/.test(id)) return [id];
    return module === SHARED && /^HttpApi(Stage|LogGroup)?$/.test(id) ? [id] : [];
  });
};

/** Every logical id that a module's stack has once osls has made it. */
export const idsOf = (stack: Stack): string[] => [
  ...new Set([...Object.keys(stack.resources), ...addedBy(stack)]),
];
