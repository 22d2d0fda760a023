/** Invokes functions through serverless-offline's own pool, in this process: no HTTP hop, no fixed delay. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TimedOut } from '../timed-out.ts';

export type Invoke = (event: unknown) => Promise<unknown>;

export interface FunctionDefinition {
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  environment?: Record<string, unknown>;
  events: Record<string, unknown>[];
}

/** The part of osls' instance that we use. */
export interface Serverless {
  readonly service: {
    readonly provider: { readonly region: string; environment?: Record<string, unknown> };
    readonly custom?: { readonly 'serverless-offline'?: { readonly location?: string } };
    functions: Record<string, FunctionDefinition>;
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

export async function functionPool(
  serverless: Serverless,
  functions: Readonly<Record<string, FunctionDefinition>>,
): Promise<FunctionPool> {
  const given = serverless.service.custom?.['serverless-offline'];
  // Its own clock never stops: each invocation would leave a timer behind.
  const options = { useInProcess: true, layersDir: null, ...given, noTimeout: true };
  // @ts-expect-error: the package has no types
  const { default: LambdaClass } = await import('serverless-offline/lambda');
  const lambda = new LambdaClass(serverless, options) as Lambda;
  const names = Object.keys(functions);
  const definitionOf = (name: string): FunctionDefinition => {
    const found = functions[name];
    if (!found) throw new Error(`there is no function ${name}`);
    return found;
  };
  lambda.create(names.map((name) => ({ functionKey: name, functionDefinition: definitionOf(name) })));
  const load = createRequire(import.meta.url);
  const bundles = join(serverless.serviceDir, given?.location ?? '');
  const inTurn = turnTaking();
  return {
    warm() {
      for (const name of names) {
        const stem = definitionOf(name).handler.replace(/\.[^.]+$/, '');
        const bundle = join(bundles, `${stem}.cjs`);
        if (existsSync(bundle)) load(bundle);
      }
    },
    invoke: (functionName, event) => {
      const { timeout } = definitionOf(functionName);
      return inTurn(functionName, () => {
        const free = lambda.get(functionName);
        free.setEvent(event);
        return within(timeout * 1000, functionName, free.runHandler());
      });
    },
    end: () => lambda.cleanup(),
  };
}

/**
 * A laptop is one machine where AWS has a thousand: so many invocations of a function run at once, and the others wait before their
 * time begins. All at once, each would take as long as all together.
 */
const AT_ONCE = 20;

/** Runs `AT_ONCE` pieces of work under each name, the rest in order of asking. */
function turnTaking(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const waiting = new Map<string, (() => void)[]>();
  const running = new Map<string, number>();
  return async (name, work) => {
    const line = waiting.get(name) ?? [];
    waiting.set(name, line);
    const now = running.get(name) ?? 0;
    if (now >= AT_ONCE) await new Promise<void>((turn) => line.push(turn));
    else running.set(name, now + 1);
    try {
      return await work();
    } finally {
      const next = line.shift();
      // The place goes to who waits longest, or is free again.
      if (next) next();
      else running.set(name, (running.get(name) ?? 1) - 1);
    }
  };
}

/** @throws TimedOut when it takes longer. */
async function within<T>(timeoutMs: number, name: string, run: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`${name} took more than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}
