import { takeInboundMessage } from '../../../lib/sms/inbound/accept-inbound.ts';
import { beginSession } from '../../../localstack/demo-sessions.ts';
import { drain, startAws, type TestRuntime, testRuntime } from '../aws/index.ts';
import { somePhone } from '../identity.ts';
import {
  beatOf,
  comeOnline,
  hire,
  makeKnown,
  newUser,
  openDesk,
  putLimits,
  type TestUser,
  userOn,
} from '../staff.ts';

/** A list of the API with something in it: who reads it, at which address. */
export interface FullList {
  readonly reader: TestUser;
  readonly path: string;
}

/** So many things of each kind are made; some lists hold a few more. */
const COUNT = 4;

const times = async <T>(make: (n: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let n = 0; n < COUNT; n += 1) made.push(await make(n));
  return made;
};

interface Stage {
  readonly rt: TestRuntime;
  readonly boss: TestUser;
  readonly post: (
    path: string,
    body: object,
    as?: TestUser,
    ifMatch?: string,
  ) => Promise<Record<string, string>>;
}

const stageOf = (rt: TestRuntime): Stage => {
  const boss = newUser(rt, 'manager', 'admin');
  return {
    rt,
    boss,
    post: async (path, body, as = boss, ifMatch) => {
      const options = { key: rt.ids.next('key'), body, ...(ifMatch && { ifMatch }) };
      const answer = await as.call(`POST ${path}`, options);
      if (answer.status >= 300)
        throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
};

/** Clients of one name, and tickets of theirs in one hand. */
const searchable = async ({ rt, boss, post }: Stage, executor: TestUser): Promise<void> => {
  await times(async (n) => {
    const client = newUser(rt, 'client');
    await makeKnown(rt, client.id, { name: `Client ${n} Searched`, phone: somePhone() });
    await post('/v1/messages', { text: 'Find me' }, client);
    await drain(rt);
    const { body } = await client.call('GET /v1/tickets');
    const path = `/v1/tickets/${body.items[0].ticketId}/assign`;
    await post(path, { executorId: executor.id, overCap: true }, boss);
  });
};

const deskLists = async (stage: Stage): Promise<Record<string, FullList[]>> => {
  const { rt, boss, post } = stage;
  const executor = await hire(rt, boss);
  await comeOnline(executor);
  await times(() => hire(rt, boss));
  await times(() => openDesk(rt, boss));
  await boss.call('PATCH /v1/desks/main', { ifMatch: '"0"', body: { name: 'Front desk' } });
  await times((n) => putLimits(boss, undefined, { maxWaitSec: 300 + n }));
  await putLimits(boss, undefined, { maxTicketsPerExecutor: 2 * COUNT });
  const client = newUser(rt, 'client');
  // One ticket a message: the former ones are closed before the next is written.
  const write = async (text: string) => {
    await post('/v1/messages', { text }, client);
    await beatOf(executor);
    await drain(rt);
  };
  const open = async (): Promise<{ ticketId: string; state: string }[]> =>
    (await client.call('GET /v1/tickets')).body.items.filter(
      ({ state }: { state: string }) => state !== 'closed',
    );
  await times(async () => {
    await write('Hello');
    for (const { ticketId } of await open()) await post(`/v1/tickets/${ticketId}/close`, {}, client);
  });
  await times((n) => post('/v1/messages', { text: `Of another ${n}` }, newUser(rt, 'client')));
  await write('The last one');
  const [{ ticketId } = { ticketId: '' }] = await open();
  await times((n) => post(`/v1/tickets/${ticketId}/replies`, { text: `Reply ${n}` }, executor));
  await searchable(stage, executor);
  await times((n) => post('/v1/saved-replies', { title: `Reply ${n}`, text: 'Hello' }, executor));
  await times((n) => post(`/v1/tickets/${ticketId}/notes`, { text: `Note ${n}` }, executor));
  await drain(rt);
  const thread = `/v1/tickets/${ticketId}/messages`;
  return {
    '/v1/desks': [{ reader: boss, path: '/v1/desks' }],
    '/v1/executors': [
      { reader: boss, path: '/v1/executors' },
      { reader: boss, path: '/v1/executors?sort=turn' },
      { reader: boss, path: '/v1/executors?sort=load' },
      { reader: boss, path: '/v1/executors?sort=name&presence=offline' },
    ],
    '/v1/executors/colleagues': [{ reader: executor, path: '/v1/executors/colleagues' }],
    '/v1/search': [
      { reader: boss, path: '/v1/search?q=Searched' },
      { reader: executor, path: '/v1/search?q=Searched' },
    ],
    '/v1/saved-replies': [{ reader: executor, path: '/v1/saved-replies' }],
    '/v1/tickets': [
      { reader: client, path: '/v1/tickets' },
      { reader: client, path: '/v1/tickets?state=closed' },
      { reader: executor, path: '/v1/tickets?held=now' },
      { reader: executor, path: '/v1/tickets?held=now&sort=lastEntryAt' },
      { reader: executor, path: '/v1/tickets?held=now&sort=orderedAt&state=assigned' },
      { reader: boss, path: `/v1/tickets?executorId=${executor.id}&urgent=false` },
      { reader: boss, path: '/v1/tickets?deskId=main' },
      { reader: boss, path: '/v1/tickets?deskId=main&state=closed' },
      { reader: boss, path: '/v1/tickets?deskId=main&state=assigned' },
    ],
    '/v1/tickets/{ticketId}/messages': [
      { reader: client, path: thread },
      { reader: executor, path: thread },
    ],
  };
};

const peopleLists = async ({ rt, boss, post }: Stage): Promise<Record<string, FullList[]>> => {
  const [{ userId = '' } = {}] = await times((n) =>
    post('/v1/users', { phone: somePhone(), name: `Clerk ${n}`, roles: ['manager'] }),
  );
  const clerk = userOn(rt, { ...boss, id: userId }, 'manager');
  // Each address of theirs is sent an e-mail.
  await times((n) => clerk.call('PUT /v1/me/email', { body: { email: `clerk-${n}@firm.example` } }));
  await times(() => beginSession(rt, userId));
  await times((n) =>
    post('/v1/api-keys', {
      name: `Machine ${n}`,
      scopes: ['sms:read'],
      entityIds: ['own'],
      categories: ['debt'],
    }),
  );
  const template = '/v1/notification-templates/staff-welcome';
  const shipped = (await boss.call(`GET ${template}?locale=en`)).body;
  const { subject, html, text, sms } = shipped;
  const words = Object.fromEntries(
    Object.entries({ subject, html, text, sms }).filter(([, value]) => typeof value === 'string'),
  );
  await times((n) =>
    post(`${template}/versions`, { locale: 'en', ...words, subject: `Welcome ${n}` }, boss, `"${n}"`),
  );
  await drain(rt);
  const versions = `${template}/versions`;
  return {
    '/v1/users': [
      { reader: boss, path: '/v1/users' },
      { reader: boss, path: '/v1/users?role=manager' },
    ],
    '/v1/me/sessions': [{ reader: clerk, path: '/v1/me/sessions' }],
    '/v1/notifications': [{ reader: boss, path: `/v1/notifications?userId=${userId}` }],
    '/v1/api-keys': [{ reader: boss, path: '/v1/api-keys' }],
    '/v1/notification-templates/{template}/versions': [{ reader: boss, path: `${versions}?locale=en` }],
    '/v1/audit': [
      { reader: boss, path: '/v1/audit' },
      { reader: boss, path: `/v1/audit?actor=${boss.id}` },
    ],
  };
};

const smsLists = async ({ rt, boss, post }: Stage): Promise<Record<string, FullList[]>> => {
  const provider = { kind: 'smsru', baseUrl: 'http://127.0.0.1:9', secrets: { apiId: 'none' } };
  const [{ providerId = '' } = {}] = await times((n) =>
    post('/v1/sms-providers', { ...provider, name: `Provider ${n}` }),
  );
  const [{ entityId = '' } = {}] = await times((n) =>
    post('/v1/legal-entities', { name: `Firm ${n}`, country: 'RU' }),
  );
  // The own entity is there before anybody has written it; written, it stands in the store like the others.
  await boss.call('PATCH /v1/legal-entities/own', { ifMatch: '"0"', body: { name: 'Our firm' } });
  const hook = { url: 'https://127.0.0.1:9/hook', states: ['cancelled'] };
  const { webhookId } = await post('/v1/webhooks', hook);
  const phone = somePhone();
  const sms = { entityId: 'own', category: 'transactional', phone, text: 'Hello' };
  await times(async () => {
    const { smsId } = await post('/v1/sms', sms);
    await post(`/v1/sms/${smsId}/cancel`, {});
  });
  await times(() =>
    post('/v1/suppressions', { phone: somePhone(), categories: ['marketing'], reason: 'asked' }),
  );
  const inbound = { kind: 'inbound', to: '+15550000000', text: 'is this the stop?', signed: true } as const;
  await times((n) =>
    takeInboundMessage(rt, providerId, {
      ...inbound,
      from: somePhone(),
      ref: `ref-${n}`,
      answer: { status: 204 },
    }),
  );
  await times((n) => post('/v1/consents', { entityId, phone: somePhone(), proof: `Form ${n}` }));
  await drain(rt);
  return {
    '/v1/legal-entities': [{ reader: boss, path: '/v1/legal-entities' }],
    '/v1/sms-providers': [{ reader: boss, path: '/v1/sms-providers' }],
    '/v1/sms': [
      { reader: boss, path: '/v1/sms' },
      { reader: boss, path: `/v1/sms?phone=${encodeURIComponent(phone)}` },
      { reader: boss, path: '/v1/sms?entityId=own' },
      { reader: boss, path: '/v1/sms?state=cancelled' },
    ],
    '/v1/inbound-sms': [
      { reader: boss, path: '/v1/inbound-sms' },
      { reader: boss, path: '/v1/inbound-sms?open=true' },
    ],
    '/v1/suppressions': [{ reader: boss, path: '/v1/suppressions' }],
    '/v1/consents': [{ reader: boss, path: `/v1/consents?entityId=${entityId}` }],
    '/v1/webhooks/{webhookId}/deliveries': [{ reader: boss, path: `/v1/webhooks/${webhookId}/deliveries` }],
  };
};

const settingsLists = async ({ boss }: Stage): Promise<Record<string, FullList[]>> => {
  const changes: Readonly<Record<string, (n: number) => object>> = {
    '/v1/rate-limits': (n) => ({ values: { key: 6000 + n } }),
    '/v1/sms-settings': (n) => ({ window: { from: `1${n}:00`, to: '20:00' } }),
    '/v1/sign-in/settings': (n) => ({ limits: { codesPerPhoneDay: 20 + n } }),
  };
  for (const [path, body] of Object.entries(changes)) {
    await times((n) => boss.call(`PATCH ${path}`, { ifMatch: `"${n}"`, body: body(n) }));
  }
  const paths = ['/v1/limits', ...Object.keys(changes)].map((path) => `${path}/history`);
  return Object.fromEntries(paths.map((path) => [path, [{ reader: boss, path }]]));
};

/** From the first account of an admin on, what two of them do is proposed; so this comes last. */
const proposalLists = async ({ rt, boss, post }: Stage): Promise<Record<string, FullList[]>> => {
  const admin = () => ({ phone: somePhone(), name: 'Ada', roles: ['admin'] });
  await post('/v1/users', admin());
  await times(() => post('/v1/users', admin()));
  const { entityId = '' } = await post('/v1/legal-entities', { name: 'Loose LLC', country: 'RU' });
  const { headers } = await boss.call(`GET /v1/legal-entities/${entityId}`);
  const path = `/v1/legal-entities/${entityId}`;
  await boss.call(`PATCH ${path}`, { ifMatch: headers.etag, body: { stopWords: ['NEIN', 'AUS'] } });
  await times((n) =>
    boss.call(`PATCH ${path}`, { ifMatch: '"2"', body: { stopWords: [], reason: `Reason ${n}` } }),
  );
  const of = (area: string): FullList[] => [
    { reader: boss, path: `/v1/proposals/${area}` },
    { reader: boss, path: `/v1/proposals/${area}?state=proposed` },
  ];
  await drain(rt);
  return { '/v1/proposals/identity': of('identity'), '/v1/proposals/sms': of('sms') };
};

/** Every list of the API, filled, by its path in the OpenAPI document. */
export const fullLists = async (): Promise<{
  readonly rt: TestRuntime;
  readonly lists: Readonly<Record<string, readonly FullList[]>>;
}> => {
  const rt = await testRuntime(await startAws(), { env: { WEBHOOKS_TO_PRIVATE: 'allowed' } });
  const stage = stageOf(rt);
  const lists = {
    ...(await deskLists(stage)),
    ...(await peopleLists(stage)),
    ...(await smsLists(stage)),
    ...(await settingsLists(stage)),
    ...(await proposalLists(stage)),
  };
  await drain(rt);
  return { rt, lists };
};
