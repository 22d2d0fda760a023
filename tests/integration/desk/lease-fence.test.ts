import { listThread } from '../../../lib/desk/core/thread-repository.ts';
import { setPresence } from '../../../lib/desk/executors/set-presence.ts';
import type { Executor, Ticket } from '../../../lib/desk/model.ts';
import { acceptTicket } from '../../../lib/desk/tickets/accept-ticket.ts';
import { addNote } from '../../../lib/desk/tickets/add-note.ts';
import { replyToTicket } from '../../../lib/desk/tickets/reply-to-ticket.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, freshDesk, ticketNow } from '../../support/desk.ts';
import { addAssigned, byHolder, codeOf } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let executor: Executor;
let ticket: Ticket;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  executor = await addExecutor(rt, { homeDeskId: freshDesk(rt) });
  ticket = await addAssigned(rt, executor);
});

/** A world in which the executor is taken off the desk after the ticket was read and before anything is written. */
const worldOvertaken = async (): Promise<TestRuntime> => {
  const world = await testRuntime(aws);
  let left = false;
  world.dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      if (!left && String(context.commandName).startsWith('TransactWrite')) {
        left = true;
        await setPresence(rt, { executorId: executor.id, intent: 'offline' });
      }
      return next(args);
    },
    { step: 'initialize', name: 'overtaken' },
  );
  return world;
};

const words = (key: string) => ({
  text: 'On our way',
  idempotency: { callerId: executor.id, key, hash: 'hash' },
});

describe('an action overtaken by its executor leaving', () => {
  test('R-DESK-08 accepts nothing', async () => {
    const code = await codeOf(acceptTicket(await worldOvertaken(), byHolder(executor, ticket)));
    expect([code, (await ticketNow(rt, ticket.id)).state]).toEqual(['ticket-moved', 'assigned']);
  });

  test.each([
    ['a reply', replyToTicket],
    ['a note', addNote],
  ])('R-DESK-08 adds nothing to the thread: %s', async (_, write) => {
    await acceptTicket(rt, byHolder(executor, ticket));
    const world = await worldOvertaken();
    const code = await codeOf(write(world, { ...byHolder(executor, ticket), ...words(rt.ids.next('key')) }));
    expect(code).toBe('ticket-moved');
    expect((await listThread(rt, { ticketId: ticket.id, limit: 10, notes: true })).items).toEqual([]);
  });
});
