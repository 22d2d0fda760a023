import { resolve } from 'node:path';
import { type Caller, ROLES, type Role, SCOPES, type Scope } from '../../lib/platform/auth/caller.ts';
import type { Endpoint } from '../../lib/platform/http/on-http.ts';
import { allEndpoints } from '../../scripts/all-endpoints.ts';
import { call, startAws, type TestRuntime, testRuntime } from '../support/aws/index.ts';
import { machine } from '../support/keys.ts';

/**
 * Who may call what, written out by hand from the domain. It is deliberately no reading of the declarations: a
 * declaration that lets somebody else in turns a test red.
 */
const WHO_MAY: Readonly<Record<string, readonly (Role | Scope)[] | 'everybody'>> = {
  'POST /v1/messages': ['client'],
  'GET /v1/messages/{messageId}': ['client'],
  'GET /v1/tickets': ['client', 'executor', 'manager'],
  'GET /v1/tickets/{ticketId}': ['client', 'executor', 'manager'],
  'GET /v1/tickets/{ticketId}/messages': ['client', 'executor', 'manager'],
  'GET /v1/tickets/{ticketId}/why': ['executor', 'manager'],
  'POST /v1/tickets/{ticketId}/accept': ['executor'],
  'POST /v1/tickets/{ticketId}/decline': ['executor'],
  'POST /v1/tickets/{ticketId}/replies': ['executor', 'manager'],
  'POST /v1/tickets/{ticketId}/notes': ['executor', 'manager'],
  'POST /v1/tickets/{ticketId}/transfer': ['executor', 'manager'],
  'POST /v1/tickets/{ticketId}/waiting': ['executor'],
  'POST /v1/tickets/{ticketId}/urgency': ['executor', 'manager'],
  'POST /v1/tickets/{ticketId}/close': ['client', 'executor', 'manager'],
  'POST /v1/tickets/{ticketId}/assign': ['manager'],
  'GET /v1/executors/me': ['executor'],
  'PUT /v1/executors/me/presence': ['executor'],
  'POST /v1/executors/me/heartbeat': ['executor'],
  'GET /v1/executors': ['manager'],
  'GET /v1/clients/{clientId}': ['executor', 'manager'],
  'GET /v1/executors/colleagues': ['executor'],
  'GET /v1/executors/{executorId}': ['manager'],
  'PUT /v1/executors/{executorId}': ['manager'],
  'POST /v1/executors/{executorId}/force-offline': ['manager'],
  'POST /v1/executors/{executorId}/reassign': ['manager'],
  'GET /v1/desks': ['executor', 'manager'],
  'GET /v1/desks/{deskId}': ['executor', 'manager'],
  'POST /v1/desks': ['manager'],
  'PATCH /v1/desks/{deskId}': ['manager'],
  'POST /v1/uploads': ['client', 'executor', 'manager'],
  'GET /v1/limits': ['manager'],
  'PUT /v1/limits': ['manager'],
  'GET /v1/limits/history': ['manager'],
  'GET /v1/board': ['manager'],
  'POST /v1/replays': ['manager'],
  'GET /v1/replays/{replayId}': ['manager'],
  'GET /v1/audit': ['manager', 'admin'],
  'GET /v1/notification-templates': ['manager', 'admin'],
  'GET /v1/notification-templates/{template}': ['manager', 'admin'],
  'GET /v1/notification-templates/{template}/versions': ['manager', 'admin'],
  'POST /v1/notification-templates/{template}/versions': ['manager', 'admin'],
  'POST /v1/notification-templates/{template}/preview': ['manager', 'admin'],
  'GET /v1/notifications': ['manager'],
  'GET /v1/notifications/{notificationId}': ['manager'],
  'GET /v1/notifications/{notificationId}/letter': ['manager'],
  'POST /v1/sign-in/challenges': 'everybody',
  'POST /v1/sign-in': 'everybody',
  'POST /v1/sign-in/refresh': 'everybody',
  'POST /v1/sign-out': 'everybody',
  'GET /.well-known/jwks.json': 'everybody',
  'GET /v1/sign-in/settings': ['admin'],
  'PATCH /v1/sign-in/settings': ['admin'],
  'GET /v1/me': ROLES,
  'PATCH /v1/me': ROLES,
  'PUT /v1/me/email': ROLES,
  'POST /v1/me/email/resend': ROLES,
  'GET /v1/email-confirmations/{token}': 'everybody',
  'POST /v1/email-confirmations/{token}': 'everybody',
  'POST /v1/users': ['admin'],
  'GET /v1/users': ['manager', 'admin'],
  'GET /v1/users/{userId}': ['manager', 'admin'],
  'PUT /v1/users/{userId}/roles': ['admin'],
  'POST /v1/users/{userId}/lock': ['admin'],
  'POST /v1/users/{userId}/unlock': ['admin'],
  'POST /v1/api-keys': ['admin'],
  'GET /v1/api-keys': ['admin'],
  'DELETE /v1/api-keys/{keyId}': ['admin'],
  'POST /v1/legal-entities/{entityId}/activate': ['manager', 'admin'],
  'POST /v1/sms/{smsId}/cancel': ['manager', 'sms:send'],
  'POST /v1/sms/check': ['manager', 'sms:send', 'sms:read'],
  'POST /v1/legal-entities/{entityId}/deactivate': ['manager', 'admin'],
  'DELETE /v1/consents/{entityId}/{phone}': ['manager'],
  'DELETE /v1/legal-entities/{entityId}/providers/{providerId}': ['manager', 'admin'],
  'DELETE /v1/suppressions/{phone}': ['manager'],
  'DELETE /v1/webhooks/{webhookId}': ['admin', 'sms:webhooks'],
  'POST /v1/sms-providers/{providerId}/disable': ['admin'],
  'GET /v1/holidays/{country}/{year}': ['manager', 'sms:read'],
  'GET /v1/law-presets/{code}': ['manager', 'sms:read'],
  'GET /v1/legal-entities/{entityId}': ['manager', 'admin', 'sms:read'],
  'GET /v1/sms-providers/{providerId}': ['manager', 'admin'],
  'GET /v1/sms-recipients/{phone}': ['manager', 'sms:read'],
  'GET /v1/sms-settings': ['manager', 'admin', 'sms:read'],
  'GET /v1/sms/{smsId}': ['manager', 'sms:read'],
  'GET /v1/webhooks/{webhookId}': ['admin', 'sms:webhooks'],
  'POST /v1/consents/import': ['manager'],
  'POST /v1/suppressions/import': ['manager'],
  'GET /v1/consents': ['manager', 'sms:read'],
  'GET /v1/legal-entities/{entityId}/providers': ['manager', 'admin', 'sms:read'],
  'GET /v1/law-presets': ['manager', 'sms:read'],
  'GET /v1/legal-entities': ['manager', 'admin', 'sms:read'],
  'GET /v1/sms-providers': ['manager', 'admin'],
  'GET /v1/sms': ['manager', 'sms:read'],
  'GET /v1/suppressions': ['manager', 'sms:read'],
  'GET /v1/webhooks/{webhookId}/deliveries': ['admin', 'sms:webhooks'],
  'GET /v1/webhooks': ['admin', 'sms:webhooks'],
  'PATCH /v1/legal-entities/{entityId}': ['manager', 'admin'],
  'PATCH /v1/sms-providers/{providerId}': ['admin'],
  'POST /v1/consents': ['manager'],
  'POST /v1/law-presets/{code}/versions': ['manager', 'admin'],
  'POST /v1/law-presets/{code}/versions/{version}/withdraw': ['manager', 'admin'],
  'POST /v1/legal-entities': ['manager'],
  'POST /v1/sms-callbacks/{providerId}/{pathSecret}': 'everybody',
  'POST /v1/sms-inbound/{providerId}/{pathSecret}': 'everybody',
  'POST /v1/sms-providers': ['admin'],
  'POST /v1/sms/statuses': ['manager', 'sms:read'],
  'POST /v1/sms': ['manager', 'sms:send'],
  'POST /v1/suppressions': ['manager'],
  'POST /v1/webhooks': ['admin', 'sms:webhooks'],
  'PUT /v1/legal-entities/{entityId}/group': ['admin'],
  'POST /v1/legal-entities/{entityId}/group/leave': ['admin'],
  'PUT /v1/legal-entities/{entityId}/providers/{providerId}': ['manager', 'admin'],
  'PUT /v1/holidays/{country}/{year}': ['manager'],
  'PUT /v1/sms-recipients/{phone}': ['manager', 'sms:send'],
  'PUT /v1/sms-settings': ['manager', 'admin'],
  'GET /v1/inbound-sms': ['manager', 'sms:read'],
  'GET /v1/inbound-sms/{inboundId}': ['manager', 'sms:read'],
  'POST /v1/inbound-sms/{inboundId}/resolve': ['manager'],
  'GET /v1/openapi.json': 'everybody',
  'GET /v1/docs': 'everybody',
  'GET /v1/rate-limits': ['admin'],
  'PATCH /v1/rate-limits': ['admin'],
};

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
