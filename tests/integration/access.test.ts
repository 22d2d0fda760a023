import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Caller, ROLES, type Role, SCOPES, type Scope } from '../../lib/platform/auth/caller.ts';
import type { Endpoint } from '../../lib/platform/http/on-http.ts';
import { allEndpoints } from '../../scripts/all-endpoints.ts';
import { call, startAws, type TestRuntime, testRuntime } from '../support/aws/index.ts';
import { machine } from '../support/keys.ts';

/**
 * Who may call what, written out by hand in docs/access.md. It is deliberately no reading of the declarations: a
 * declaration that lets somebody else in turns a test red.
 */
const page = readFileSync(resolve(import.meta.dirname, '../../docs/access.md'), 'utf8');
const ROW = /^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \| ([^|]+) \|$/gm;

const whoIn = (cell: string): readonly (Role | Scope)[] | 'everybody' => {
  if (cell === 'everybody') return cell;
  if (cell === 'everyone signed in') return ROLES;
  return cell.split(', ').map((name) => {
    const known = [...ROLES, ...SCOPES].find((each) => each === name);
    if (!known) throw new Error(`docs/access.md names ${name}, which is neither a role nor a scope`);
    return known;
  });
};

const WHO_MAY: Readonly<Record<string, readonly (Role | Scope)[] | 'everybody'>> = Object.fromEntries(
  [...page.matchAll(ROW)].map(([, endpoint = '', cell = '']) => [endpoint, whoIn(cell.trim())]),
);

const nameOf = ({ declaration }: Endpoint): string => `${declaration.method} ${declaration.path}`;

let rt: TestRuntime;
let mounted: string[];
let keys: Record<Scope, string>;

beforeAll(async () => {
  rt = await testRuntime(await startAws());
  keys = Object.fromEntries(
    await Promise.all(SCOPES.map(async (scope) => [scope, await keyWith(scope)])),
  ) as typeof keys;
  mounted = (await allEndpoints(resolve(import.meta.dirname, '../..'))).map(nameOf);
});

/** The request with an id of nothing in its path, and no body: the caller is judged before either. */
const send = async (endpoint: string, token: string | undefined) => {
  const line = endpoint.replace(/\{(\w+)Id\}/g, (_, kind: string) => rt.ids.next(PREFIXES[kind] ?? kind));
  return call(rt, line, token === undefined ? {} : { token });
};

const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  ticket: 'tkt',
  executor: 'usr',
  desk: 'dsk',
  replay: 'rpl',
  user: 'usr',
  notification: 'ntf',
  sms: 'sms',
  entity: 'ent',
  provider: 'prv',
  webhook: 'whk',
  inbound: 'inb',
};

const tokenOf = (roles: readonly Role[], claims?: Record<string, unknown>): Promise<string> => {
  const caller: Caller = { id: rt.ids.next('usr'), roles };
  return rt.token(caller, claims);
};

const keyWith = async (...scopes: Scope[]): Promise<string> => {
  return (await machine(rt, scopes)).clear;
};

/** What says that a token is missing or wrong. A use case may answer 401 in its own words: a wrong code. */
const TURNED_AWAY = [
  'unauthenticated',
  'token-invalid',
  'token-expired',
  'token-revoked',
  'forbidden',
  'route-not-found',
];

test('R-AUTH-04 every endpoint stands in the table, and nothing else does', () => {
  expect(mounted.toSorted()).toEqual(Object.keys(WHO_MAY).toSorted());
});

describe.each(Object.entries(WHO_MAY))('%s', (endpoint, who) => {
  const open = who === 'everybody';

  test.each(ROLES)('R-AUTH-04 role %s gets in exactly if the table says so', async (role) => {
    const { status, body } = await send(endpoint, await tokenOf([role]));
    if (!(open || who.includes(role))) return expect([status, body.code]).toEqual([403, 'forbidden']);
    expect(TURNED_AWAY).not.toContain(body.code);
  });

  test.each(SCOPES)(
    'R-AUTH-05 a machine’s key for %s gets in exactly if the table says so',
    async (scope) => {
      const { status, body } = await send(endpoint, keys[scope]);
      if (!(open || who.includes(scope))) return expect([status, body.code]).toEqual([403, 'forbidden']);
      expect(TURNED_AWAY).not.toContain(body.code);
    },
  );

  test('R-AUTH-04 roles that may not call do not add up to one that may', async () => {
    const others = ROLES.filter((role) => open || !who.includes(role));
    const { body } = await send(endpoint, await tokenOf(others));
    expect(body.code === 'forbidden').toBe(!open);
  });

  test('R-AUTH-04 nobody gets in without a token, with an expired one or with a forged one', async () => {
    const expired = await tokenOf(ROLES, { exp: Math.floor(rt.clock.nowMs() / 1000) - 60 });
    const forged = `${(await tokenOf(ROLES)).slice(0, -8)}AAAAAAAA`;
    const answers = [
      await send(endpoint, undefined),
      await send(endpoint, expired),
      await send(endpoint, forged),
    ];
    const codes = answers.map(({ body }) => body.code);
    if (open) return expect(codes.filter((code) => TURNED_AWAY.includes(code))).toEqual([]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(codes).toEqual(['unauthenticated', 'token-expired', 'token-invalid']);
  });

  test('R-AUTH-04 a caller without roles gets in nowhere', async () => {
    const { body } = await send(endpoint, await tokenOf([]));
    if (open) return expect(TURNED_AWAY).not.toContain(body.code);
    expect(body.code).toBe('forbidden');
  });
});
