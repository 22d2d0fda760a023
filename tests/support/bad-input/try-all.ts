import fc from 'fast-check';
import { SCOPES } from '../../../lib/platform/auth/scopes.ts';
import { ROLES, type Role } from '../../../lib/platform/caller.ts';
import { type Answer, call, drain } from '../aws/index.ts';
import { strength } from '../strength.ts';
import { faultOf } from './check-answer.ts';
import { operations, type Published } from './operations.ts';
import { type RequestCase, requestCases } from './request-cases.ts';
import { makeWorld, rejectedCount, type World } from './world.ts';

/**
 * Requests of every kind to every endpoint in every role, evaluated by the OpenAPI document alone. The seed is fixed;
 * BAD_INPUT_SEED gives another, BAD_INPUT_RUNS another number of requests, BAD_INPUT_ONLY the operations to try (a part of
 * `GET /v1/…`). A failure prints the request.
 */
export const SEED = Number(process.env.BAD_INPUT_SEED ?? 20_261_123);
export const RUNS = Number(process.env.BAD_INPUT_RUNS ?? strength(40, 200));
const ONLY = process.env.BAD_INPUT_ONLY ?? '';
/** Whoever may not call is turned away before anything is read: fewer requests tell as much. */
const RUNS_REFUSED = Math.max(2, Math.ceil(RUNS / 20));

type Credentials = Role | 'a machine' | 'no token' | 'expired token' | 'forged token';

const allowed = ({ 'x-access': access }: Published, who: Credentials): boolean =>
  access.includes('public') ||
  access.includes(who) ||
  (who === 'a machine' && SCOPES.some((scope) => access.includes(scope)));

/** RUNS requests at least to each operation, shared among those who may call it. */
const runsOf = (operation: Published, who: Credentials): number =>
  allowed(operation, who)
    ? Math.ceil(RUNS / CREDENTIALS.filter((each) => allowed(operation, each)).length)
    : RUNS_REFUSED;

const expectedOf = (operation: Published, who: Credentials, { expected }: RequestCase): readonly number[] => {
  if (allowed(operation, who)) return expected;
  return who === 'a machine' || ROLES.includes(who as Role) ? [403] : [401];
};

const send = async (
  { rt, callers, machineKey }: World,
  who: Credentials,
  { line, options }: RequestCase,
): Promise<Answer> => {
  if (who in callers) return callers[who as Role].call(line, options);
  if (who === 'no token') return call(rt, line, options);
  if (who === 'a machine') return call(rt, line, { ...options, token: machineKey });
  const everything = { id: rt.ids.next('usr'), roles: ROLES };
  const expired = await rt.token(everything, { exp: Math.floor(rt.clock.nowMs() / 1000) - 6 });
  const token = who === 'expired token' ? expired : `${(await rt.token(everything)).slice(0, -6)}AAAAAA`;
  return call(rt, line, { ...options, token });
};

const shared = new Map<string, Promise<World>>();

const DESK = /^\/v1\/(messages|tickets|executors|desks|uploads|limits|board|replays)(\/|$)/;
const SMS = /^\/v1\/(sms|legal-entities|law-presets|holidays|suppressions|consents|webhooks)/;

/**
 * What tickets and people at desks are put through must not decide how the next operation finds them. Reading changes
 * nothing: all that read share a world. So do those who write elsewhere than at the desk.
 */
const worldFor = ({ method, path }: Published): Promise<World> => {
  if (method !== 'GET' && DESK.test(path)) return makeWorld();
  const kind = method === 'GET' ? 'reading' : 'writing';
  const world = shared.get(kind) ?? makeWorld();
  shared.set(kind, world);
  return world;
};

const CREDENTIALS: readonly Credentials[] = [
  ...ROLES,
  'a machine',
  'no token',
  'expired token',
  'forged token',
];

/** The operations, in parts of about the same size: each is a file, so that they run side by side. */
export const parts = {
  desk: operations.filter(({ path }) => DESK.test(path)),
  sms: operations.filter(({ path }) => SMS.test(path)),
  others: operations.filter(({ path }) => !DESK.test(path) && !SMS.test(path)),
};

/** A test of each operation with each kind of credentials. */
export const tryAll = (part: readonly Published[]): void => {
  const chosen = part.filter(({ method, path }) => `${method} ${path}`.includes(ONLY));
  describe.each(chosen.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    `%s (seed ${SEED})`,
    (_, operation) => {
      let world: World;
      beforeAll(async () => {
        world = await worldFor(operation);
      });

      test.each(CREDENTIALS)('as %s is answered as documented, whatever is sent', async (who) => {
        const numRuns = runsOf(operation, who);
        const property = fc.asyncProperty(requestCases(operation, world.known), async (request) => {
          const answer = await send(world, who, request);
          const expected = expectedOf(operation, who, request);
          const fault =
            faultOf(operation, answer) ??
            (expected.length > 0 && !expected.includes(answer.status)
              ? `status ${answer.status} (${answer.body?.code}) instead of ${expected}`
              : undefined);
          expect(fault).toBeUndefined();
        });
        await fc.assert(property, { seed: SEED, numRuns, endOnFailure: true });
      });

      test('left nothing in the queues that cannot be worked off', async () => {
        await drain(world.rt);
        expect(await rejectedCount(world.rt)).toBe(0);
      });
    },
  );
};
