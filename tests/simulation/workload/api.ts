import type { Caller, Role } from '../../../lib/platform/caller.ts';
import { apiEvent, type CallOptions } from '../../support/aws/call.ts';
import type { TestRuntime } from '../../support/aws/index.ts';
import { struck, tokenOf } from '../engine/cloud.ts';
import type { Outcome } from '../engine/invocation.ts';
import type { Random } from '../engine/random.ts';
import { answering } from '../engine/topology.ts';
import type { Answered, World } from '../engine/world.ts';

/** Somebody who calls the API. */
export interface ApiUser {
  readonly id: string;
  readonly random: Random;
  /** Undefined: no answer came, and nobody knows whether the request was carried out. */
  call(request: string, options?: Omit<CallOptions, 'token'>): Promise<Answered | undefined>;
  /** Asks again, under the same key, until there is an answer that is none of a failure. */
  insist(request: string, options?: Omit<CallOptions, 'token'>): Promise<Answered>;
}

interface RawAnswer {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const PATIENCE = 200;
const AGAIN_MS = [300, 4000] as const;

const answerOf = ({ statusCode, headers = {}, body }: RawAnswer): Answered => ({
  status: statusCode,
  body: body ? JSON.parse(body) : undefined,
  etag: headers.etag ?? headers.ETag,
});

export interface Who {
  readonly id: string;
  /** Of a machine; of somebody in some roles; nobody's. */
  readonly token?: string | undefined;
}

/** People whose requests go through the exported handlers of the routes, one Lambda invocation each. */
export const createUsers = (world: World): ((id: string, ...roles: Role[]) => ApiUser) => {
  const callers = createCallers(world);
  return (id, ...roles) => {
    const caller: Caller = { id, roles };
    return callers({ id, token: tokenOf(caller) });
  };
};

export const createCallers = (world: World): ((who: Who) => ApiUser) => {
  const { cloud, faults, timeline, topology, trace } = world;
  return ({ id, token }) => {
    const random = world.random.fork(`person ${id}`);
    const ids = { next: (prefix: string) => `${prefix}-${random.int(0, 1e9)}` };
    const tellAnswer = (
      { request, options }: { request: string; options: Partial<CallOptions> },
      answer: Answered,
      outcome: Outcome,
    ): void => {
      const { body, key, address } = options;
      for (const watcher of world.watchers)
        watcher.onAnswer?.({ userId: id, request, body, key, address }, answer, outcome);
    };
    const call: ApiUser['call'] = async (request, options = {}) => {
      const [method = 'GET', target = '/'] = request.split(' ');
      const url = new URL(target, 'https://api.invalid');
      const rt = { clock: timeline, ids } as unknown as TestRuntime;
      const event = apiEvent(rt, method, url, { ...options, ...(token !== undefined && { token }) });
      const outcome = await cloud.invoke(answering(topology, url.pathname), event, `${id} ${request}`);
      const lost = struck(faults, 'lost-answer', random);
      for (const watcher of world.watchers)
        watcher.onOutcome?.(outcome, { failed: outcome.kind !== 'answered' });
      if (outcome.kind !== 'answered') return undefined;
      const answer = answerOf(outcome.value as RawAnswer);
      tellAnswer({ request, options }, answer, outcome);
      trace.say(`${id} ${lost ? 'misses' : 'gets'} ${answer.status} ${answer.body?.code ?? ''}`);
      return lost ? undefined : answer;
    };
    const insist: ApiUser['insist'] = async (request, options) => {
      for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
        const answer = await call(request, options);
        if (answer && answer.status < 500) return answer;
        await timeline.sleep(random.int(...AGAIN_MS));
      }
      throw new Error(`${id} never got an answer to ${request}`);
    };
    return { id, random, call, insist };
  };
};
