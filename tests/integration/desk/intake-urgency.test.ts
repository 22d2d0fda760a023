import { deskWrite, findDesk } from '../../../lib/desk/core/desk-repository.ts';
import type { Ticket } from '../../../lib/desk/model.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { epochMs, instant } from '../../../lib/platform/clock.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { addExecutor, executorNow, ticketNow } from '../../support/desk.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';
import { addAssigned } from '../../support/tickets.ts';

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
  await mainDeskIn('UTC');
});

const mainDeskIn = async (timeZone: string): Promise<void> => {
  const before = await findDesk(rt, 'main');
  if (!before || before.timeZone === timeZone) return;
  await commit(rt, { writes: [deskWrite(rt, before, { ...before, timeZone, version: before.version + 1 })] });
};
const urgently = (more = {}) => client.write('Now!', { urgent: true, ...more });
const ticketOf = ({ ticketId }: { ticketId: string }): Promise<Ticket> => ticketNow(rt, ticketId);

describe('the grants of a day', () => {
  it('R-DESK-13 three, and a fourth is ordinary and says so', async () => {
    const messages = [await urgently(), await urgently(), await urgently(), await urgently()];
    expect(messages.map(({ urgentGranted }) => urgentGranted)).toEqual([true, true, true, false]);
    const tickets = await Promise.all(messages.map(ticketOf));
    expect(tickets.map(({ urgent, line }) => [urgent, line])).toEqual([
      [true, 'urgent'],
      [true, 'urgent'],
      [true, 'urgent'],
      [false, 'new'],
    ]);
  });

  it('R-DESK-13 are a client’s own', async () => {
    for (let i = 0; i < 3; i += 1) await urgently();
    expect((await aClient(rt).write('Now!', { urgent: true })).urgentGranted).toBe(true);
  });

  it('R-DESK-13 are not spoken of to who did not ask', async () => {
    expect(await client.write('No hurry')).not.toHaveProperty('urgentGranted');
    expect(await client.write('No hurry', { urgent: false })).not.toHaveProperty('urgentGranted');
  });

  it("R-DESK-13 end at midnight of the desk's zone", async () => {
    await mainDeskIn('Asia/Tokyo');
    const midnightMs = epochMs('2026-01-05T15:00:00.000Z');
    rt.clock.moveTo(midnightMs - 60_000);
    for (let i = 0; i < 3; i += 1) await urgently();
    rt.clock.moveTo(midnightMs - 1000);
    expect((await urgently()).urgentGranted).toBe(false);
    rt.clock.moveTo(midnightMs);
    expect((await urgently()).urgentGranted).toBe(true);
  });

  it('R-DESK-13 do not end at midnight of UTC', async () => {
    await mainDeskIn('America/New_York');
    const midnightMs = epochMs('2026-01-06T00:00:00.000Z');
    rt.clock.moveTo(midnightMs - 60_000);
    for (let i = 0; i < 3; i += 1) await urgently();
    rt.clock.moveTo(midnightMs + 1000);
    expect((await urgently()).urgentGranted).toBe(false);
  });

  it('R-DESK-13 count the day on which a message was accepted, however late it is processed', async () => {
    rt.clock.moveTo(epochMs('2026-01-05T23:59:00.000Z'));
    for (let i = 0; i < 3; i += 1) await urgently();
    const { body } = await client.post({ text: 'Now!', urgent: true });
    rt.clock.moveTo(epochMs('2026-01-06T00:05:00.000Z'));
    await client.write('later');
    expect(await client.message(body.messageId)).toMatchObject({ urgentGranted: false });
  });
});

describe('an urgent message on an open ticket', () => {
  it('R-DESK-13 moves a waiting one to the urgent line, and its wait starts anew', async () => {
    const { ticketId } = await client.write('a');
    const { orderedAt } = await ticketNow(rt, ticketId);
    rt.clock.move(9000);
    await urgently({ ticketId });
    const waitingSince = instant(rt.clock.nowMs());
    expect(await ticketNow(rt, ticketId)).toMatchObject({
      urgent: true,
      line: 'urgent',
      orderedAt,
      waitingSince,
    });
  });

  it('R-DESK-13 takes no grant when the ticket is urgent already', async () => {
    const { ticketId } = await urgently();
    for (let i = 0; i < 4; i += 1) expect((await urgently({ ticketId })).urgentGranted).toBe(true);
    expect((await urgently()).urgentGranted).toBe(true);
    expect((await urgently()).urgentGranted).toBe(true);
    expect((await urgently()).urgentGranted).toBe(false);
  });

  it('R-DESK-13 without a grant joins as an ordinary one', async () => {
    const { ticketId } = await client.write('a');
    for (let i = 0; i < 3; i += 1) await urgently();
    expect((await urgently({ ticketId })).urgentGranted).toBe(false);
    expect(await ticketNow(rt, ticketId)).toMatchObject({ urgent: false, line: 'new', version: 1 });
  });

  it('R-DESK-13 makes an assigned one urgent where it is, and over the urgent cap that is recorded', async () => {
    const executor = await addExecutor(rt);
    await addAssigned(rt, executor, { urgent: true });
    await addAssigned(rt, executor, { urgent: true });
    const { id: ticketId } = await addAssigned(rt, executor, { clientId: client.id });
    const events = listenToEvents(rt);
    await urgently({ ticketId });
    expect(await ticketNow(rt, ticketId)).toMatchObject({
      urgent: true,
      state: 'assigned',
      executorId: executor.id,
    });
    expect((await executorNow(rt, executor.id)).openUrgent).toContain(ticketId);
    expect(ofType(events, auditRecorded).map(({ data }) => data)).toEqual([
      expect.objectContaining({
        action: 'ticket.urgency-set',
        subject: `ticket/${ticketId}`,
        actor: { id: client.id, roles: ['client'] },
        details: expect.objectContaining({ overUrgentCap: true, executorId: executor.id }),
      }),
    ]);
  });

  it('R-DESK-13 within the cap is recorded without that mark', async () => {
    const executor = await addExecutor(rt);
    const { id: ticketId } = await addAssigned(rt, executor, { clientId: client.id });
    const events = listenToEvents(rt);
    await urgently({ ticketId });
    const [entry] = ofType(events, auditRecorded);
    expect(entry?.data.details).not.toHaveProperty('overUrgentCap');
  });
});
