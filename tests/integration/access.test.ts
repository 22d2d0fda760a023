/** That each endpoint heeds its declaration: whom it names is tests/unit/access-table.test.ts. */

import { SCOPES } from '../../lib/platform/auth/scopes.ts';
import { type Caller, ROLES, type Role, type Scope } from '../../lib/platform/caller.ts';
import { refreshCookieName } from '../../lib/platform/http/session-cookie.ts';
import { whoMay } from '../support/access-table.ts';
import { type CallOptions, call, startAws, type TestRuntime, testRuntime } from '../support/aws/index.ts';
import { TEST_PUBLIC_URL } from '../support/aws/test-runtime.ts';
import { signInBy, somePhone } from '../support/identity.ts';
import { machine } from '../support/keys.ts';

let rt: TestRuntime;
let keys: Record<Scope, string>;
/** A browser with a session of its own, and no access token. */
let browser: CallOptions;

beforeAll(async () => {
  rt = await testRuntime(await startAws());
  const keyWith = async (scope: Scope) => [scope, (await machine(rt, [scope])).clear] as const;
  const { refreshToken } = (await signInBy(rt, somePhone())).body;
  const headers = { 'x-session': 'cookie', origin: TEST_PUBLIC_URL };
  browser = { cookies: [`${refreshCookieName(TEST_PUBLIC_URL)}=${refreshToken}`], headers };
  keys = Object.fromEntries(await Promise.all(SCOPES.map(keyWith))) as typeof keys;
});

/** The request with an id of nothing in its path, and no body: the caller is evaluated before either. */
const send = async (endpoint: string, token: string | undefined, browser?: CallOptions) => {
  const line = endpoint.replace(/\{(\w+)Id\}/g, (_, kind: string) => rt.ids.next(PREFIXES[kind] ?? kind));
  return call(rt, line, token === undefined ? { ...browser } : { token });
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
  proposal: 'prp',
  session: 'ses',
  savedReply: 'srp',
};

const tokenOf = (roles: readonly Role[], claims?: Record<string, unknown>): Promise<string> => {
  const caller: Caller = { id: rt.ids.next('usr'), roles };
  return rt.token(caller, claims);
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

describe.each(Object.entries(whoMay))('%s', (endpoint, who) => {
  const open = who === 'everybody';
  const named = <T>(all: readonly T[]): readonly T[] =>
    open ? all : all.filter((each) => (who as readonly unknown[]).includes(each));

  test('R-AUTH-04 R-AUTH-05 lets in one role and one machine’s key that the table names', async () => {
    const [role] = named(ROLES);
    const [scope] = named(SCOPES);
    const tokens = [role && (await tokenOf([role])), scope && keys[scope]].filter(
      (each) => each !== undefined,
    );
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) expect(TURNED_AWAY).not.toContain((await send(endpoint, token)).body.code);
  });

  test('R-AUTH-04 R-AUTH-05 refuses all other roles together, and a machine’s key that it does not name', async () => {
    const roles = ROLES.filter((each) => !named(ROLES).includes(each));
    const scope = SCOPES.find((each) => !named(SCOPES).includes(each));
    const tokens = [await tokenOf(roles), scope && keys[scope]].filter((each) => each !== undefined);
    for (const token of tokens) {
      const { status, body } = await send(endpoint, token);
      if (open) expect(TURNED_AWAY).not.toContain(body.code);
      else expect([status, body.code]).toEqual([403, 'forbidden']);
    }
  });

  test('R-AUTH-02 R-AUTH-04 lets in nobody without a token, with an expired or forged one, or by a browser’s cookie', async () => {
    const expired = await tokenOf(ROLES, { exp: Math.floor(rt.clock.nowMs() / 1000) - 60 });
    const forged = `${(await tokenOf(ROLES)).slice(0, -8)}AAAAAAAA`;
    const answers = [];
    for (const token of [undefined, expired, forged]) answers.push(await send(endpoint, token));
    const codes = answers.map(({ body }) => body.code);
    const byCookie = await send(endpoint, undefined, browser);
    if (open) expect(TURNED_AWAY).not.toContain(byCookie.body.code);
    else expect([byCookie.status, byCookie.body.code]).toEqual([401, 'unauthenticated']);
    if (open) return expect(codes.filter((code) => TURNED_AWAY.includes(code))).toEqual([]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(codes).toEqual(['unauthenticated', 'token-expired', 'token-invalid']);
  });
});
