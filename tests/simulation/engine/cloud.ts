import type { Context } from 'aws-lambda';
import type { Caller, Role } from '../../../lib/platform/caller.ts';
import { createLog, type LogSink } from '../../../lib/platform/log.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import type { Fetch, Runtime } from '../../../lib/platform/runtime.ts';
import { createSecrets } from '../../../lib/platform/secrets/master-secret.ts';
import { unlimited } from '../../support/platform/unlimited.ts';
import type { FaultKind, Faults } from '../faults/fault-plan.ts';
import type { Gate } from './gate.ts';
import type { Invocation, Outcome } from './invocation.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { FunctionPlan } from './topology.ts';
import type { Trace } from './trace.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** A caller's token in a run, of a token's form: cryptography is asynchronous outside of our time, and proved elsewhere. */
export const tokenOf = ({ id, roles }: Caller): string => `${id}.${roles.join('_')}.unsigned`;

/** Everybody has just proved who they are. */
const callerOf = (token: string, nowMs: number): Caller => {
  const [id = '', roles = ''] = token.split('.');
  return { id, roles: roles.split('_') as Role[], authTimeSec: Math.floor(nowMs / 1000) };
};

const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0').slice(-digits);

/** UUIDv7s from the invocation's own clock, all their randomness from the seed. */
const uuid = (nowMs: number, random: Random): string => {
  const time = hex(nowMs, 12);
  const bits = () => hex(random.int(0, 0xffffff), 6);
  const [a, b, c] = [bits(), bits(), bits()];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3)}-${b}${c}`;
};

export interface CloudParts {
  readonly timeline: Timeline;
  readonly gate: Gate;
  readonly faults: Faults;
  readonly random: Random;
  readonly trace: Trace;
  readonly env: Readonly<Record<string, string>>;
  /** By the path in the template. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The way out to other companies, of one invocation; without it nobody is out there. */
  readonly outside?: ((invocation: Invocation) => Fetch) | undefined;
  /** Processes live on from one invocation to the next, with whatever they remember. */
  readonly warm?: boolean | undefined;
  /** Where log lines go; without it nothing is logged. */
  readonly onLog?: ((line: string) => void) | undefined;
}

/** A process: what the product keeps between invocations, it keeps by its clients. */
interface Container {
  /** One at a time. */
  invocation: Invocation | undefined;
  readonly dynamo: Runtime['dynamo'];
  readonly sqs: Runtime['sqs'];
}

/** The same in every run. */
export const MASTER_SECRET = 'a master secret, the same in every run of a seed';
const secret = createSecrets({ MASTER_SECRET });
const nobody: Fetch = (url) => Promise.reject(new TypeError(`nobody answers at ${url}`));

const MAX_SKEW_MS = 2000;
const NOTABLE_SKEW_MS = 500;

const operationNames: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  BatchGet: 'BatchGetItem',
  TransactWrite: 'TransactWriteItems',
};

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

/** Runs Lambdas: each in a runtime of its own, whose every way out is the gate. */
export class Cloud {
  readonly #parts: CloudParts;
  readonly #running = new Set<Invocation>();
  readonly #idle = new Map<string, Container[]>();
  #count = 0;

  constructor(parts: CloudParts) {
    this.#parts = parts;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Ends when the handler has answered, thrown, crashed or run out of time. */
  async invoke(plan: FunctionPlan, event: unknown, about: string): Promise<Outcome> {
    const invocation = this.#begin(plan, about);
    const handler = this.#parts.handlers.get(plan.handler);
    if (!handler) throw new Error(`no handler ${plan.handler}`);
    const container = this.#idle.get(plan.name)?.pop() ?? this.#newContainer();
    container.invocation = invocation;
    this.#running.add(invocation);
    const outcome = await this.#race(invocation, () =>
      withRuntime(this.#runtimeOf(invocation, container), () => handler(event, this.#contextOf(invocation))),
    );
    this.#running.delete(invocation);
    // A process that was killed is not used again.
    if (this.#parts.warm && !invocation.gone)
      this.#idle.set(plan.name, [...(this.#idle.get(plan.name) ?? []), container]);
    this.#parts.trace.say(
      `#${invocation.number} ${outcome.kind === 'gone' ? invocation.gone : outcome.kind}`,
    );
    return outcome;
  }

  #begin(plan: FunctionPlan, about: string): Invocation {
    const { timeline, faults, trace } = this.#parts;
    const number = ++this.#count;
    const random = this.#parts.random.fork(number);
    const skewed = faults.strikes('clock-skew', random);
    const skewMs = skewed ? random.int(-MAX_SKEW_MS, MAX_SKEW_MS) : 0;
    const startedMs = timeline.nowMs();
    const invocation: Invocation = {
      ...{ number, plan, startedMs, skewMs, random, faults: [], gone: undefined },
      die: (how) => {
        invocation.gone ??= how;
      },
    };
    if (Math.abs(skewMs) >= NOTABLE_SKEW_MS) {
      faults.fired('clock-skew');
      invocation.faults.push('clock-skew');
    }
    trace.say(`#${number} ${plan.name} ${about}${skewMs ? ` (clock ${skewMs} ms)` : ''}`);
    return invocation;
  }

  #race(invocation: Invocation, run: () => Promise<unknown>): Promise<Outcome> {
    const { timeline } = this.#parts;
    return new Promise((resolve) => {
      invocation.die = (how) => {
        invocation.gone ??= how;
        resolve({ kind: 'gone', invocation });
      };
      timeline.at(invocation.startedMs + invocation.plan.timeoutMs, () => {
        if (this.#running.has(invocation)) invocation.die('timed out');
      });
      run().then(
        (value) => !invocation.gone && resolve({ kind: 'answered', value, invocation }),
        (error: unknown) => !invocation.gone && resolve({ kind: 'threw', error, invocation }),
      );
    });
  }

  #newContainer(): Container {
    const { gate } = this.#parts;
    const send = (service: 'dynamo' | 'sqs') => (command: Command) => {
      const { invocation } = container;
      if (!invocation) throw new Error('a request of a process that runs nothing');
      const name = command.constructor.name.replace(/Command$/, '');
      return gate.request({
        invocation,
        service,
        operation: operationNames[name] ?? name,
        input: command.input,
      });
    };
    const client = (service: 'dynamo' | 'sqs') => ({ send: send(service) }) as unknown;
    const container: Container = {
      invocation: undefined,
      dynamo: client('dynamo') as Runtime['dynamo'],
      sqs: client('sqs') as Runtime['sqs'],
    };
    return container;
  }

  #logOf(nowMs: () => number): Runtime['log'] {
    const { env, onLog } = this.#parts;
    const sink: LogSink | undefined = onLog && { write: onLog, nowMs };
    return sink ? createLog({ ...env, LOG_LEVEL: 'DEBUG' }, sink) : createLog(env);
  }

  #runtimeOf(invocation: Invocation, { dynamo, sqs }: Container): Runtime {
    const { timeline, env, outside } = this.#parts;
    const { random, skewMs } = invocation;
    const nowMs = () => timeline.nowMs() + skewMs;
    return {
      clock: { nowMs, sleep: (ms) => timeline.sleep(ms) },
      ids: { next: (prefix) => `${prefix}_${uuid(nowMs(), random)}`, random: () => random.next() },
      dynamo,
      sqs,
      files: () => Promise.reject(new Error('no files in a run')),
      sockets: () => Promise.reject(new Error('nobody is connected in a run')),
      env,
      log: this.#logOf(nowMs),
      fetch: outside?.(invocation) ?? nobody,
      secret,
      verifyToken: async (token) => callerOf(token, nowMs()),
      limiter: unlimited,
    };
  }

  /** Without a remaining time: middy would set a timer of the real world for it. */
  #contextOf({ number, plan }: Invocation): Context {
    return { awsRequestId: `req-${number}`, functionName: plan.name } as Context;
  }
}

/** A fault of the way there or back, seen by whoever called. */
export const struck = (faults: Faults, kind: FaultKind, random: Random): boolean => {
  if (!faults.strikes(kind, random)) return false;
  faults.fired(kind);
  return true;
};
