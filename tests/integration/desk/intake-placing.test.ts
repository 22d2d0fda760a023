import { findTicket } from '../../../lib/desk/core/ticket-repository.ts';
import { messageDelivered } from '../../../lib/desk/events.ts';
import { MAIN_DESK, type Ticket } from '../../../lib/desk/model.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client, place } from '../../support/clients.ts';
import { addExecutor, beat, executorNow, ticketNow } from '../../support/desk.ts';
import { beforeNextCommit } from '../../support/meanwhile.ts';
import { listenToEvents, ofType, type TestUser, userOn } from '../../support/staff.ts';
import { addAssigned, as, by, byHolder } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let client: Client;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  client = aClient(rt);
});

const ticketOf = async ({ ticketId }: { ticketId: string }): Promise<Ticket> => ticketNow(rt, ticketId);
const threadOf = async (ticketId: string): Promise<string[]> => {
  const { body } = await client.call(`GET /v1/tickets/${ticketId}/messages`);
  return body.items
    .filter(({ kind }: { kind: string }) => kind === 'client')
    .map(({ text }: { text: string }) => text);
};
const closeByClient = (ticketId: string) => closeTicket(rt, by(as(client, 'client'), { id: ticketId }));

describe('which ticket', () => {
  it('R-DESK-03 a message without a ticket opens one on the main desk, in line since it was accepted', async () => {
    const { body } = await client.post({ text: 'It leaks' });
    rt.clock.move(5000);
    await place(rt, client.id);
    const message = await client.message(body.messageId);
    expect(message).toMatchObject({ state: 'processed', text: 'It leaks' });
    expect(await ticketOf(message)).toMatchObject({
      deskId: MAIN_DESK,
      clientId: client.id,
      state: 'waiting',
      line: 'new',
      orderedAt: body.acceptedAt,
      waitingSince: body.acceptedAt,
      createdAt: instant(rt.clock.nowMs()),
      version: 1,
    });
    expect(await threadOf(message.ticketId)).toEqual(['It leaks']);
  });

  it('R-DESK-03 a message on an open ticket of its client joins it', async () => {
    const { ticketId } = await client.write('a');
    const joined = await client.write('b', { ticketId });
    expect(joined.ticketId).toBe(ticketId);
    expect(await threadOf(ticketId)).toEqual(['a', 'b']);
    expect((await ticketNow(rt, ticketId)).version).toBe(1);
  });

  it('R-DESK-03 a message on a closed ticket opens a new one that is linked to it', async () => {
    const { ticketId } = await client.write('a');
    await closeByClient(ticketId);
    const next = await client.write('again', { ticketId });
    expect(next.ticketId).not.toBe(ticketId);
    expect(await ticketOf(next)).toMatchObject({ previousTicketId: ticketId, state: 'waiting', line: 'new' });
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'closed' });
    expect(await threadOf(ticketId)).toEqual(['a']);
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['nothing', ''],
    ['a ticket that is unknown', 'tkt_019b8d2b-8c00-7000-8005-1c5f2704c89c'],
    ['a number', 42],
    ['null', null],
    ['an object', { id: 1 }],
    ['a long text', 'x'.repeat(3000)],
  ])('R-DESK-03 a message on %s opens a new ticket, which is no error', async (_, ticketId) => {
    const message = await client.write('a', { ticketId });
    expect(await ticketOf(message)).not.toHaveProperty('previousTicketId');
  });

  it.each(['open', 'closed'])(
    "R-DESK-03 someone else's %s ticket is like none, with no hint",
    async (state) => {
      const other = aClient(rt);
      const { ticketId } = await other.write('mine');
      if (state === 'closed') await closeTicket(rt, by(as(other, 'client'), { id: ticketId }));
      const before = await findTicket(rt, ticketId);
      const [onForeign, onUnknown] = [
        await client.write('a', { ticketId }),
        await client.write('a', { ticketId: rt.ids.next('tkt') }),
      ];
      expect(Object.keys(onForeign)).toEqual(Object.keys(onUnknown));
      const shown = async (id: string) => Object.keys((await client.call(`GET /v1/tickets/${id}`)).body);
      expect(await shown(onForeign.ticketId)).toEqual(await shown(onUnknown.ticketId));
      expect(await ticketOf(onForeign)).not.toHaveProperty('previousTicketId');
      expect(await findTicket(rt, ticketId)).toEqual(before);
    },
  );

  it('R-DESK-03 a ticket that is closed between our look and our commit is continued by a new one', async () => {
    const { ticketId } = await client.write('a');
    const { body } = await client.post({ text: 'b', ticketId });
    const elsewhere = await testRuntime(aws);
    beforeNextCommit(rt, () => closeTicket(elsewhere, by(as(client, 'client'), { id: ticketId })));
    await place(rt, client.id);
    const message = await client.message(body.messageId);
    expect(await ticketOf(message)).toMatchObject({ previousTicketId: ticketId, state: 'waiting' });
    expect(await threadOf(ticketId)).toEqual(['a']);
    expect(await threadOf(message.ticketId)).toEqual(['b']);
  });
});

describe('who gets it', () => {
  let executor: Awaited<ReturnType<typeof addExecutor>>;
  let ticketId: string;
  beforeEach(async () => {
    executor = await addExecutor(rt);
    const ticket = await addAssigned(rt, executor, { clientId: client.id });
    ticketId = ticket.id;
  });

  const self = () => userOn(rt, executor as unknown as TestUser, 'executor');
  const goes = (presence: string) => self().call('PUT /v1/executors/me/presence', { body: { presence } });
  const accept = (id: string) => self().call(`POST /v1/tickets/${id}/accept`);

  it('R-DESK-04 the executor who is available, and the ticket stays as it is', async () => {
    const before = await ticketNow(rt, ticketId);
    const events = listenToEvents(rt);
    const message = await client.write('b', { ticketId });
    expect(await ticketNow(rt, ticketId)).toEqual(before);
    expect(ofType(events, messageDelivered).map(({ data }) => data)).toEqual([
      expect.objectContaining({ messageId: message.messageId, ticketId, executorId: executor.id }),
    ]);
  });

  it('R-DESK-04 nobody while the executor is silent: it waits in the ticket until the reconnect wait is over', async () => {
    const events = listenToEvents(rt);
    rt.clock.move(31_000);
    await client.write('b', { ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'assigned', executorId: executor.id });
    expect(ofType(events, messageDelivered)).toEqual([]);
    rt.clock.move(120_000);
    await client.write('c', { ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'waiting', line: 'orphaned' });
    expect(await threadOf(ticketId)).toEqual(['b', 'c']);
  });

  it('R-DESK-10 the line, when the executor went away with an accepted ticket', async () => {
    await accept(ticketId);
    await goes('away');
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'accepted', executorId: executor.id });
    const { orderedAt } = await ticketNow(rt, ticketId);
    rt.clock.move(7000);
    await client.write('b', { ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({
      state: 'waiting',
      line: 'orphaned',
      orderedAt,
      waitingSince: instant(rt.clock.nowMs()),
    });
    expect(await executorNow(rt, executor.id)).toMatchObject({ open: [] });
  });

  it('R-DESK-04 the line, when the executor goes away between our look and our commit', async () => {
    await accept(ticketId);
    const { body } = await client.post({ text: 'b', ticketId });
    const elsewhere = userOn(await testRuntime(aws), self(), 'executor');
    beforeNextCommit(rt, () =>
      elsewhere.call('PUT /v1/executors/me/presence', { body: { presence: 'away' } }),
    );
    await place(rt, client.id);
    expect(await client.message(body.messageId)).toMatchObject({ state: 'processed', ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'waiting', line: 'orphaned' });
    expect((await executorNow(rt, executor.id)).open).toEqual([]);
  });

  it('R-DESK-10 the same executor, when the ticket waited for its client and they have room', async () => {
    await accept(ticketId);
    await parkTicket(rt, byHolder(executor, { id: ticketId }));
    expect(await executorNow(rt, executor.id)).toMatchObject({ open: [], parked: [ticketId] });
    await client.write('b', { ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'accepted', executorId: executor.id });
    expect(await executorNow(rt, executor.id)).toMatchObject({ open: [ticketId], parked: [] });
  });

  it('R-DESK-10 the line of its class, when the ticket waited for its client and they have no room', async () => {
    await accept(ticketId);
    await parkTicket(rt, byHolder(executor, { id: ticketId }));
    for (let i = 0; i < 5; i += 1) await addAssigned(rt, executor);
    rt.clock.move(3000);
    await beat(rt, executor.id);
    await client.write('b', { ticketId });
    const at = instant(rt.clock.nowMs());
    expect(await ticketNow(rt, ticketId)).toMatchObject({ state: 'waiting', line: 'new', waitingSince: at });
    const { open, parked } = await executorNow(rt, executor.id);
    expect([open.length, parked]).toEqual([5, []]);
  });
});
