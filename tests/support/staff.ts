import type { LimitName } from '../../lib/desk/catalogue.ts';
import { MAIN_DESK } from '../../lib/desk/model.ts';
import { keepUser } from '../../lib/desk/users/keep-user.ts';
import { userChanged } from '../../lib/identity/events.ts';
import type { Role } from '../../lib/platform/caller.ts';
import { instant } from '../../lib/platform/clock.ts';
import type { EventData, EventDefinition, EventOf } from '../../lib/platform/events/define-event.ts';
import type { DomainEvent } from '../../lib/platform/events/event.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { type Answer, type CallOptions, call, type TestRuntime } from './aws/index.ts';

/** Somebody who calls the API; the token is always fresh, however far the clock was moved. */
export interface TestUser {
  readonly id: string;
  call(request: string, options?: Omit<CallOptions, 'token'>): Promise<Answer>;
}

export const newUser = (rt: TestRuntime, ...roles: Role[]): TestUser => {
  const id = rt.ids.next('usr');
  return {
    id,
    call: async (request, options) => call(rt, request, { ...options, token: await rt.token({ id, roles }) }),
  };
};

/** The same user, calling another runtime on the same AWS. */
export const userOn = (rt: TestRuntime, { id }: TestUser, ...roles: Role[]): TestUser => ({
  ...newUser(rt, ...roles),
  id,
  call: async (request, options) => call(rt, request, { ...options, token: await rt.token({ id, roles }) }),
});

const expectStatus = (answer: Answer, ...statuses: number[]): Answer => {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};

type LimitChange = Partial<Record<LimitName, number | null>>;

/** Changes limits of one desk, or the global ones, over HTTP. */
export const putLimits = async (
  manager: TestUser,
  deskId: string | undefined,
  values: LimitChange,
): Promise<Answer> => {
  const { headers } = await manager.call(`GET /v1/limits${deskId ? `?deskId=${deskId}` : ''}`);
  return manager.call('PATCH /v1/limits', {
    ifMatch: headers.etag,
    body: { ...(deskId && { deskId }), values },
  });
};

/** A desk of the test's own. */
export const openDesk = async (rt: TestRuntime, manager: TestUser, limits?: LimitChange): Promise<string> => {
  const body = { name: 'Test desk', timeZone: 'Europe/Berlin' };
  const { body: desk } = expectStatus(
    await manager.call('POST /v1/desks', { key: rt.ids.next('key'), body }),
    201,
  );
  if (limits) expectStatus(await putLimits(manager, desk.deskId, limits), 200);
  return desk.deskId;
};

/** Tells the desk of an account, as identity would. */
export const makeKnown = (
  rt: Runtime,
  userId: string,
  given: Partial<EventData<typeof userChanged>> & { version?: number } = {},
): Promise<void> => {
  const { version = 1, ...data } = given;
  return keepUser(rt, {
    id: rt.ids.next('evt'),
    type: userChanged.name,
    at: instant(rt.clock.nowMs()),
    aggregate: { id: userId, version },
    data: {
      userId,
      phone: '+79161234567',
      emailConfirmed: false,
      locale: 'ru',
      roles: ['client'],
      locked: false,
      ...data,
    },
  });
};

/** Takes somebody on at a desk; they are offline until they say otherwise. */
export const hire = async (rt: TestRuntime, manager: TestUser, homeDeskId = MAIN_DESK): Promise<TestUser> => {
  const executor = newUser(rt, 'executor');
  await makeKnown(rt, executor.id, { roles: ['executor'] });
  const body = { name: 'Test executor', homeDeskId };
  expectStatus(await manager.call(`PUT /v1/executors/${executor.id}`, { body }), 200, 201);
  return executor;
};

export const comeOnline = (executor: TestUser, presence = 'online'): Promise<Answer> =>
  executor.call('PUT /v1/executors/me/presence', { body: { presence } });

export const beatOf = (executor: TestUser): Promise<Answer> =>
  executor.call('POST /v1/executors/me/heartbeat');

/** Everything that goes into any queue from now on. */
export const listenToEvents = (rt: TestRuntime): DomainEvent[] => {
  const received: DomainEvent[] = [];
  rt.sqs.middlewareStack.add(
    (next) => (args) => {
      const { Entries = [] } = args.input as { Entries?: { MessageBody?: string }[] };
      for (const { MessageBody } of Entries)
        if (MessageBody) received.push(JSON.parse(MessageBody) as DomainEvent);
      return next(args);
    },
    { step: 'initialize', name: 'listen', priority: 'high' },
  );
  return received;
};

/** One event may go to several queues: each is counted once. */
export const ofType = <D extends EventDefinition>(
  events: readonly DomainEvent[],
  { name }: D,
): EventOf<D>[] => [
  ...new Map(
    events.filter(({ type }) => type === name).map((event) => [event.id, event as EventOf<D>]),
  ).values(),
];
