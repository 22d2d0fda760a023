/** Every endpoint with an id in its path, as everybody who may call it: with ids of others, of nothing, and of what they see. */

import { SCOPES } from '../../lib/platform/auth/scopes.ts';
import { ROLES, type Role, type Scope } from '../../lib/platform/caller.ts';
import { takeInboundMessage } from '../../lib/sms/inbound/accept-inbound.ts';
import { ownOnly, whoMay } from '../support/access-table.ts';
import { operations, type Published } from '../support/bad-input/operations.ts';
import { makeWorld, type World } from '../support/bad-input/world.ts';
import { machine } from '../support/keys.ts';
import { hire, newUser, type TestUser } from '../support/staff.ts';

/** Ids are what the product made; a code of a law or a phone is nobody's. */
const idsIn = (path: string): string[] => [...path.matchAll(/\{(\w+Id)\}/g)].map(([, name = '']) => name);

const PREFIXES: Readonly<Record<string, string>> = {
  messageId: 'msg',
  ticketId: 'tkt',
  clientId: 'usr',
  entityId: 'ent',
  smsId: 'sms',
  inboundId: 'inb',
  webhookId: 'whk',
  savedReplyId: 'srp',
};

const nameOf = ({ method, path }: Published): string => `${method} ${path}`;
const withIds = operations.filter(({ path }) => idsIn(path).length > 0);
const isScope = (who: string): who is Scope => SCOPES.some((scope) => scope === who);
const marked = withIds.flatMap((operation) =>
  (ownOnly[nameOf(operation)] ?? []).map((who) => [who, nameOf(operation), operation] as const),
);
/** Who may call, but is not marked: they see all there are. A machine's key sees its own entities' alone, so each is marked. */
const unmarked = withIds.flatMap((operation) => {
  const may = whoMay[nameOf(operation)] ?? [];
  return may === 'everybody'
    ? []
    : may
        .filter((who) => !ownOnly[nameOf(operation)]?.includes(who))
        .map((who) => [who, nameOf(operation), operation] as const);
});

let world: World;
let foreign: Readonly<Record<string, string>>;
let strangers: Readonly<Record<string, TestUser>>;
let everyone: Readonly<Record<string, TestUser>>;

const keyOf = async (entityId: string): Promise<TestUser> =>
  machine(world.rt, SCOPES, { entityIds: [entityId] });

const someInbound = async (providerId: string): Promise<string> => {
  const { rt, callers } = world;
  const message = { kind: 'inbound', to: '+15550000000', text: 'Hello', signed: true, ref: 'r' } as const;
  await takeInboundMessage(rt, providerId, { ...message, from: '+79161234567', answer: { status: 204 } });
  return (await callers.manager.call('GET /v1/inbound-sms')).body.items[0].inboundId;
};

const known = (name: string): string => {
  const [first] = world.known[name] as string[];
  if (first === undefined) throw new Error(`the world has no ${name}`);
  return first;
};

beforeAll(async () => {
  world = await makeWorld();
  const { rt, callers } = world;
  const [, theirs = ''] = world.known.entityId as string[];
  const own = await keyOf('own');
  const other = await keyOf(theirs);
  const hook = { url: 'https://127.0.0.1:9/hook', states: ['cancelled'] };
  const made = await own.call('POST /v1/webhooks', { key: 'hook', body: hook });
  const ofScopes = Object.fromEntries(SCOPES.map((scope) => [scope, other]));
  const reply = { title: 'Hello', text: 'Hello {client.name}!' };
  const saved = await callers.executor.call('POST /v1/saved-replies', { key: 'reply', body: reply });
  strangers = {
    client: newUser(rt, 'client'),
    executor: await hire(rt, callers.manager),
    manager: newUser(rt, 'manager'),
    ...ofScopes,
  };
  everyone = { ...callers, ...Object.fromEntries(SCOPES.map((scope) => [scope, own])) };
  foreign = {
    ...Object.fromEntries(
      ['ticketId', 'messageId', 'clientId', 'entityId', 'smsId', 'providerId'].map((name) => [
        name,
        known(name),
      ]),
    ),
    webhookId: made.body.webhookId,
    savedReplyId: saved.body.savedReplyId,
    inboundId: await someInbound(known('providerId')),
  };
});

const send = async (
  who: TestUser | undefined,
  { method, path, requestBody }: Published,
  ids: Readonly<Record<string, string>>,
) => {
  const body = requestBody?.content['application/json']?.example;
  const line = `${method} ${path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'nothing')}`;
  const answer = await who?.call(line, {
    key: world.rt.ids.next('key'),
    ifMatch: '"1"',
    ...(body !== undefined && { body }),
  });
  const { instance: _, ...problem } = answer?.body ?? {};
  return { status: answer?.status, problem };
};

const nothing = (path: string): Record<string, string> =>
  Object.fromEntries(idsIn(path).map((name) => [name, world.rt.ids.next(PREFIXES[name] ?? name)]));

test('R-AUTH-04 whoever has only some of what a path names is one whom this test has a stranger for', () => {
  expect(marked.length).toBeGreaterThan(20);
  const known = [...ROLES, ...SCOPES].filter((who) => who in strangers);
  expect(new Set(marked.map(([who]) => who))).toEqual(new Set(known));
});

test.each(marked)(
  'R-AUTH-04 for %s, %s of others is not there: 404, exactly as for an id of nothing',
  async (who, _, operation) => {
    const theirs = await send(strangers[who], operation, foreign);
    expect(theirs.status).toBe(404);
    expect(theirs).toEqual(await send(strangers[who], operation, nothing(operation.path)));
  },
);

test('R-AUTH-05 no scope of a machine’s key opens a path with an id but for what is its own entities’', () => {
  expect(unmarked.filter(([who]) => isScope(who))).toEqual([]);
});

const readable = unmarked.filter(
  ([who, , { method, path }]) =>
    method === 'GET' && !isScope(who) && idsIn(path).every((id) => id in PREFIXES),
);
test.each(readable)(
  'R-AUTH-04 %s, whom the table does not confine to their own, reads %s of anybody',
  async (who, _, operation) => {
    expect((await send(everyone[who as Role], operation, foreign)).status).toBe(200);
  },
);
