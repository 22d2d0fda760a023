import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { MAIN_DESK } from '../../../lib/desk/model.ts';
import { SCOPES } from '../../../lib/platform/auth/scopes.ts';
import type { Role } from '../../../lib/platform/caller.ts';
import { queueUrl } from '../../../lib/platform/config.ts';
import {
  type Answer,
  type CallOptions,
  copyRuntime,
  drain,
  startAws,
  type TestRuntime,
  testRuntime,
} from '../aws/index.ts';
import { machine } from '../keys.ts';
import { comeOnline, hire, newUser, openDesk, type TestUser, userOn } from '../staff.ts';
import type { Known } from './schema-arbitrary.ts';
import { openAccounts } from './users.ts';

/** A desk at work: people of every role, and things in every state for requests to meet. */
export interface World {
  readonly rt: TestRuntime;
  /** Whoever calls in this role; the client and the executor have tickets of their own. */
  readonly callers: Readonly<Record<Role, TestUser>>;
  /** A machine's key with every scope. */
  readonly machineKey: string;
  readonly known: Known;
}

const ok = ({ status, body }: Answer) => {
  if (status >= 300) throw new Error(`the world could not be made: ${status} ${JSON.stringify(body)}`);
  return body;
};

const post = async (rt: TestRuntime, who: TestUser, path: string, body?: unknown) => {
  const options: Omit<CallOptions, 'token'> = {
    key: rt.ids.next('key'),
    ...(body !== undefined && { body }),
  };
  return ok(await who.call(`POST ${path}`, options));
};

const write = (rt: TestRuntime, client: TestUser, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      post(rt, client, '/v1/messages', { text: `Message ${n}`, urgent: n === 0 }),
    ),
  );

const ticketsOf = async (who: TestUser): Promise<string[]> =>
  ok(await who.call('GET /v1/tickets?limit=100')).items.map(
    (ticket: { ticketId: string }) => ticket.ticketId,
  );

/** Things of SMS for requests to meet. Nobody answers at the provider's address. */
const registerSms = async (rt: TestRuntime, manager: TestUser, admin: TestUser): Promise<Known> => {
  const provider = {
    kind: 'smsru',
    name: 'sms.ru',
    baseUrl: 'http://127.0.0.1:9',
    secrets: { apiId: 'none' },
  };
  const entity = { name: 'Collect LLC', country: 'RU', presets: { debt: ['RU-230'] } };
  const { providerId } = await post(rt, admin, '/v1/sms-providers', provider);
  const { entityId } = await post(rt, manager, '/v1/legal-entities', entity);
  const sms = { entityId: 'own', category: 'transactional', phone: '+79161234567', text: 'Hello' };
  const { smsId } = await post(rt, manager, '/v1/sms', sms);
  return {
    providerId: [providerId],
    entityId: ['own', entityId],
    smsId: [smsId],
    country: ['RU'],
    year: ['2026'],
  };
};

const buildWorld = async (): Promise<World> => {
  const rt = await testRuntime(await startAws());
  const manager = newUser(rt, 'manager');
  const [client, stranger] = [newUser(rt, 'client'), newUser(rt, 'client')];
  const deskId = await openDesk(rt, manager);
  const [executor, colleague] = [await hire(rt, manager), await hire(rt, manager)];
  const elsewhere = await hire(rt, manager, deskId);
  for (const each of [executor, colleague, elsewhere]) ok(await comeOnline(each));
  const messages = [...(await write(rt, client, 12)), ...(await write(rt, stranger, 3))];
  await drain(rt);
  const held = await ticketsOf(executor);
  for (const [n, ticketId] of held.entries()) {
    if (n % 2 === 0) await post(rt, executor, `/v1/tickets/${ticketId}/accept`);
  }
  if (held[0]) await post(rt, executor, `/v1/tickets/${held[0]}/close`, {});
  await drain(rt);
  const file = { fileName: 'a.txt', contentType: 'text/plain', sizeBytes: 10 };
  const uploads = [
    await post(rt, client, '/v1/uploads', file),
    await post(rt, executor, '/v1/uploads', file),
  ];
  const [from, to] = [rt.clock.nowMs() - 3_600_000, rt.clock.nowMs()].map((ms) => new Date(ms).toISOString());
  const replay = await post(rt, manager, '/v1/replays', { deskId: MAIN_DESK, from, to });
  await drain(rt);
  const accounts = await openAccounts(rt);
  await drain(rt);
  const tickets = [...(await ticketsOf(client)), ...(await ticketsOf(stranger))];
  const staff = [executor.id, colleague.id, elsewhere.id];
  const uploadIds = uploads.map(({ uploadId }) => uploadId);
  return {
    rt,
    callers: { client, executor, manager, ...accounts.callers },
    machineKey: (await machine(rt, SCOPES)).clear,
    known: {
      ...(await registerSms(rt, manager, accounts.callers.admin)),
      ...accounts.known,
      code: [...(accounts.known.code ?? []), 'RU-230'],
      ticketId: tickets,
      deskId: [MAIN_DESK, deskId],
      homeDeskId: [MAIN_DESK, deskId],
      executorId: staff,
      toExecutorId: staff,
      toDeskId: [MAIN_DESK, deskId],
      messageId: messages.map(({ messageId }) => messageId),
      replayId: [replay.replayId],
      uploadId: uploadIds,
      attachment: uploadIds,
      clientId: [client.id, stranger.id],
      subject: tickets.map((id) => `ticket/${id}`),
      actor: [...staff, client.id, manager.id],
    },
  };
};

let first: Promise<World> | undefined;

/** A world of its own on tables of its own: it is built once, and copied from then on. */
export const makeWorld = async (): Promise<World> => {
  first ??= buildWorld();
  const { rt: pristine, callers, ...same } = await first;
  const rt = await copyRuntime(pristine);
  const moved = Object.entries(callers).map(([role, who]) => [role, userOn(rt, who, role as Role)]);
  return { ...same, rt, callers: Object.fromEntries(moved) as World['callers'] };
};

/** Messages nobody could work off. */
export const rejectedCount = async (rt: TestRuntime): Promise<number> => {
  const { Attributes } = await rt.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl(rt.env, 'rejected'),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};
