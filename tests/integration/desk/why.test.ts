import { executorChange } from '../../../lib/desk/change.ts';
import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { describeWait } from '../../../lib/desk/insight/position.ts';
import { findLimits } from '../../../lib/desk/repository/limits.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket, beat, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';

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

describe('what a look costs', () => {
  test.each(['full', 'away'] as const)(
    'R-DESK-11 why reads twenty executors where a thousand are %s, and no other',
    async (how) => {
      const limits = await findLimits(rt, deskId);
      const open = Array.from({ length: 5 }, () => rt.ids.next('tkt'));
      const given = how === 'full' ? { open } : { presence: 'away' as const };
      const template = await executor(given);
      const others = Array.from({ length: 999 }, () => ({ ...template, id: rt.ids.next('usr') }));
      await putItems(
        rt,
        others.flatMap((after) => executorChange(rt, { before: undefined, after, limits }).writes),
      );
      const tickets = [];
      for (let index = 0; index < 3; index += 1) tickets.push(await addTicket(rt, { deskId }));
      const counted = countRequests(rt);

      const { body } = await why(tickets[1]?.id ?? '');

      const { readUnits, total } = counted();
      expect(body.position).toEqual({ count: 2, more: false });
      expect(body.excluded[how === 'full' ? 'cap' : 'away'].more).toBe(true);
      expect(total).toBeLessThanOrEqual(8);
      expect(readUnits).toBeLessThanOrEqual(30);
    },
  );
});

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

  test('R-DESK-11 of a person’s decision names the person, and that it went over a cap on purpose', async () => {
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

describe('position and estimate', () => {
  const positionOf = async (ticketId: string) => {
    const wait = await describeWait(rt, await ticketNow(rt, ticketId));
    return wait?.position;
  };

  test('R-DESK-10 position counts those served before: orphans, then the urgent line, then earlier ones of its own', async () => {
    const promoted = { line: 'urgent' as const, urgent: false, promoted: true };
    const order = [
      await addTicket(rt, { deskId, line: 'orphaned', urgent: true, orderedAt: at(-1) }),
      await addTicket(rt, { deskId, line: 'orphaned', urgent: false, orderedAt: at(0) }),
      await addTicket(rt, { deskId, ...promoted, orderedAt: at(-9000) }),
      await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-8000) }),
      await addTicket(rt, { deskId, ...promoted, orderedAt: at(-7000) }),
      await addTicket(rt, { deskId, orderedAt: at(-99_000) }),
      await addTicket(rt, { deskId, orderedAt: at(-98_000) }),
    ];

    const positions = await Promise.all(order.map(({ id }) => positionOf(id)));

    expect(positions).toEqual(order.map((_, index) => ({ count: index + 1, more: false })));
  });

  test('R-DESK-10 position is exact to 100, then 100 and more', async () => {
    const first = -200_000;
    const add = (count: number, from: number, given = {}) =>
      Promise.all(
        Array.from({ length: count }, (_, i) =>
          addTicket(rt, { deskId, orderedAt: at(first + from + i), ...given }),
        ),
      );
    await add(60, 0, { line: 'urgent' });
    const newLine = await add(43, 1000);

    const positions = await Promise.all(
      [38, 39, 40, 41].map((index) => positionOf(newLine[index]?.id ?? '')),
    );

    expect(positions).toEqual([
      { count: 99, more: false },
      { count: 100, more: false },
      { count: 100, more: true },
      { count: 100, more: true },
    ]);
  });

  test('R-DESK-10 position: no estimate with fewer than 20 intervals, a range of theirs from then on', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 200 });
    const holder = await executor();
    const assignOne = async () => {
      await addTicket(rt, { deskId });
      await beat(rt, holder.id);
      await dispatchDesk(rt, deskId);
      rt.clock.move(12_000);
    };
    for (let i = 0; i < 20; i += 1) await assignOne();
    const ticket = await addTicket(rt, { deskId });
    expect((await describeWait(rt, ticket))?.estimate).toBeNull();
    await beat(rt, holder.id);
    await dispatchDesk(rt, deskId);
    rt.clock.move(12_000);

    const waiting = await addTicket(rt, { deskId, orderedAt: plusSeconds(at(0), 1) });

    expect(await describeWait(rt, waiting)).toEqual({
      position: { count: 1, more: false },
      // Nobody had to wait so far: all that is known is that a ticket came every twelve seconds.
      estimate: { fromSec: 0, toSec: 36 },
    });
  });

  test('R-DESK-10 position: a ticket that does not wait has none', async () => {
    await executor();
    const ticket = await addTicket(rt, { deskId });
    await dispatchDesk(rt, deskId);
    expect(await describeWait(rt, await ticketNow(rt, ticket.id))).toBeNull();
  });
});
