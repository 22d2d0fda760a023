/** Invokes functions through serverless-offline's own pool, in this process: no HTTP hop, no fixed delay. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Invoke = (event: unknown) => Promise<unknown>;

interface FunctionDefinition {
  readonly handler: string;
  environment?: Record<string, unknown>;
  events: Record<string, unknown>[];
}

/** The part of osls' instance that we use. */
export interface Serverless {
  readonly service: {
    readonly provider: { readonly region: string; environment?: Record<string, unknown> };
    readonly custom?: { readonly 'serverless-offline'?: { readonly location?: string } };
    getAllFunctions(): string[];
    getFunction(name: string): FunctionDefinition;
  };
  readonly serviceDir: string;
  getProvider(name: 'aws'): { readonly naming: { getLambdaLogicalId(functionName: string): string } };
}

/** The part of serverless-offline's pool that we use; it exports the class for plugins like this one. */
interface Lambda {
  create(functions: { functionKey: string; functionDefinition: FunctionDefinition }[]): void;
  get(functionKey: string): { setEvent(event: unknown): void; runHandler(): Promise<unknown> };
  cleanup(): Promise<void>;
}

export interface FunctionPool {
  /** Loads every function's bundle now, so that the first message does not wait for it. */
  warm(): void;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  end(): Promise<void>;
}

export async function functionPool(serverless: Serverless): Promise<FunctionPool> {
  const { service } = serverless;
  const options = { useInProcess: true, layersDir: null, ...service.custom?.['serverless-offline'] };
  // @ts-expect-error: the package has no types
  const { default: LambdaClass } = await import('serverless-offline/lambda');
  const lambda = new LambdaClass(serverless, options) as Lambda;
  const names = service.getAllFunctions();
  lambda.create(names.map((name) => ({ functionKey: name, functionDefinition: service.getFunction(name) })));
  giveRequestIds(lambda.get(names[0] as string));
  const load = createRequire(import.meta.url);
  const bundles = join(serverless.serviceDir, options.location ?? '');
  return {
    warm() {
      for (const name of names) {
        const stem = service.getFunction(name).handler.replace(/\.[^.]+$/, '');
        const bundle = join(bundles, `${stem}.cjs`);
        if (existsSync(bundle)) load(bundle);
      }
    },
    invoke(functionName, event) {
      const free = lambda.get(functionName);
      free.setEvent(event);
      return free.runHandler();
    },
    end: () => lambda.cleanup(),
  };
}

/** serverless-offline gives every HTTP request the same id; problems and audit entries need to tell them apart. */
function giveRequestIds(one: { setEvent(event: unknown): void }): void {
  const shared = Object.getPrototypeOf(one) as typeof one;
  const setEvent = shared.setEvent;
  shared.setEvent = function (this: typeof one, event: unknown) {
    const { requestContext } = (event ?? {}) as { requestContext?: { requestId?: string } };
    if (requestContext?.requestId === 'offlineContext_resourceId') requestContext.requestId = randomUUID();
    setEvent.call(this, event);
  };
}
