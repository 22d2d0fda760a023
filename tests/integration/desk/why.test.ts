import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { instant } from '../../../lib/platform/clock.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, setLimits } from '../../support/desk.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;
let manager: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
  manager = await rt.token({ id: rt.ids.next('usr'), roles: ['manager'] });
});

const executor = (given: Parameters<typeof addExecutor>[1] = {}) =>
  addExecutor(rt, { homeDeskId: deskId, ...given });
const why = async (ticketId: string, token = manager) =>
  call(rt, `GET /v1/tickets/${ticketId}/why`, { token });
const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);

describe('why a ticket is with its executor', () => {
  test('R-DESK-11 tells line, turn, number, limits version, and who could not have it for which reason', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 2, maxUrgentTicketsPerExecutor: 1 });
    const chosen = await executor({ rank: 3 });
    const later = await executor({ rank: 7 });
    const urgent = [rt.ids.next('tkt')];
    const urgentFull = await executor({ rank: 1, open: urgent, openUrgent: urgent });
    await executor({ open: [rt.ids.next('tkt'), rt.ids.next('tkt')] });
    await executor({ presence: 'draining' });
    await executor({ presence: 'away' });
    for (let i = 0; i < 3; i += 1) await executor({ presence: 'offline' });
    const refused = await executor({ rank: 2 });
    const ticket = await addTicket(rt, { deskId, line: 'urgent', passedOver: { [refused.id]: at(60_000) } });

    await dispatchDesk(rt, deskId);

    const { status, body } = await why(ticket.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ticketId: ticket.id,
      state: 'assigned',
      rule: 'assigned-longest-ago',
      line: 'urgent',
      executorId: chosen.id,
      number: 1,
      at: at(0),
      actorId: null,
      overCap: false,
      position: null,
    });
    expect(body.limitsVersion).toBeGreaterThan(0);
    const exactly = (count: number) => ({ count, more: false });
    expect(body.excluded).toEqual({
      urgentCap: exactly(1),
      declined: exactly(1),
      cap: exactly(1),
      draining: exactly(1),
      away: exactly(1),
      offline: exactly(3),
    });
    const candidates = body.candidates as { executorId: string; excluded: string | null }[];
    expect(candidates.map(({ executorId, excluded }) => [executorId, excluded])).toEqual([
      [chosen.id, null],
      [later.id, null],
      [urgentFull.id, 'urgentCap'],
      [refused.id, 'declined'],
    ]);
  });

  test('R-DESK-11 tells it as it was decided, whatever changed since', async () => {
    const first = await executor({ rank: 1 });
    const ticket = await addTicket(rt, { deskId });
    await dispatchDesk(rt, deskId);
    await executor({ rank: 0 });
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 9 });

    const { body } = await why(ticket.id);

    expect(body.candidates).toEqual([
      { executorId: first.id, rank: 1, open: 0, openUrgent: 0, excluded: null },
    ]);
  });

  test('R-DESK-11 tells who of a plan of several executors and tickets was in turn for this one', async () => {
    const [a, b] = [await executor(), await executor()];
    const tickets = [];
    for (let i = 0; i < 3; i += 1) tickets.push(await addTicket(rt, { deskId, orderedAt: at(i) }));
    await dispatchDesk(rt, deskId);

    const third = (await why(tickets[2]?.id ?? '')).body;

    expect(third).toMatchObject({ executorId: a.id, number: 3 });
    expect(
      third.candidates.map((each: { executorId: string; rank: number }) => [each.executorId, each.rank]),
    ).toEqual([
      [a.id, 1],
      [b.id, 2],
    ]);
  });

  test('R-DESK-11 of a manual decision names the user, and that it went over a cap on purpose', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const full = await executor({ open: [rt.ids.next('tkt')] });
    const ticket = await addTicket(rt, { deskId });
    const boss = { id: rt.ids.next('usr'), roles: ['manager'] as const };
    const token = await rt.token({ ...boss, roles: [...boss.roles] });
    const body = { executorId: full.id, overCap: true };
    await call(rt, `POST /v1/tickets/${ticket.id}/assign`, { token, body, key: 'assign' });

    expect((await why(ticket.id)).body).toMatchObject({
      rule: 'manual',
      executorId: full.id,
      actorId: boss.id,
      overCap: true,
      number: null,
      line: null,
    });
  });

  test('R-DESK-11 managers may ask about any ticket, executors about those they held, others about none', async () => {
    const holder = await executor();
    const ticket = await addTicket(rt, { deskId });
    await dispatchDesk(rt, deskId);
    const as = async (id: string, role: 'executor' | 'client') => rt.token({ id, roles: [role] });

    const answers = [
      await why(ticket.id, await as(holder.id, 'executor')),
      await why(ticket.id, await as(rt.ids.next('usr'), 'executor')),
      await why(ticket.id, await as(ticket.clientId, 'client')),
      await why(rt.ids.next('tkt')),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [200, undefined],
      [404, 'ticket-not-found'],
      [403, 'forbidden'],
      [404, 'ticket-not-found'],
    ]);
  });
});

describe('why a ticket still waits', () => {
  test('R-DESK-11 nobody has room: counts the reasons of now, by the planner', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    await executor({ open: [rt.ids.next('tkt')] });
    await executor({ presence: 'suspect' });
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);

    expect((await why(ticket.id)).body).toMatchObject({
      state: 'waiting',
      rule: 'nobody-has-room',
      line: 'new',
      executorId: null,
      position: { count: 1, more: false },
      excluded: { cap: { count: 1, more: false }, suspect: { count: 1, more: false } },
    });
  });

  test('R-DESK-11 a stale heartbeat counts as suspect before its timer fired', async () => {
    await executor();
    rt.clock.move(30_000);
    const ticket = await addTicket(rt, { deskId });
    expect((await why(ticket.id)).body.excluded).toEqual({ suspect: { count: 1, more: false } });
  });

  test('R-DESK-11 nobody there', async () => {
    const ticket = await addTicket(rt, { deskId });
    expect((await why(ticket.id)).body).toMatchObject({ rule: 'nobody-there', excluded: {}, candidates: [] });
    await executor({ presence: 'offline' });
    await executor({ presence: 'away' });
    expect((await why(ticket.id)).body).toMatchObject({
      rule: 'nobody-there',
      excluded: { offline: { count: 1, more: false }, away: { count: 1, more: false } },
    });
  });

  test('R-DESK-11 others first: there is room, but those before it take it, and it says how many', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    await executor();
    for (let i = 0; i < 3; i += 1) await addTicket(rt, { deskId, orderedAt: at(-10_000 + i) });
    const ticket = await addTicket(rt, { deskId });

    expect((await why(ticket.id)).body).toMatchObject({
      rule: 'others-first',
      position: { count: 4, more: false },
      excluded: { cap: { count: 1, more: false } },
    });
  });

  test('R-DESK-11 far down the line it is still told, with its position as 100 or more', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    await executor();
    await Promise.all(
      Array.from({ length: 130 }, (_, i) => addTicket(rt, { deskId, orderedAt: at(-100_000 + i) })),
    );
    const ticket = await addTicket(rt, { deskId });

    expect((await why(ticket.id)).body).toMatchObject({
      rule: 'others-first',
      position: { count: 100, more: true },
    });
  });

  test('R-DESK-11 being assigned: the planner would hand it out this moment', async () => {
    await executor();
    const ticket = await addTicket(rt, { deskId });
    expect((await why(ticket.id)).body).toMatchObject({ rule: 'being-assigned', executorId: null });
  });
});
