import { executorChange } from '../../../lib/desk/change.ts';
import { findLimits } from '../../../lib/desk/repository/limits.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket, freshDesk } from '../../support/desk.ts';

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
