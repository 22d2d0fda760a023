import { MAIN_DESK, type Ticket } from '../product.ts';
import type { ApiUser } from './api.ts';
import { choose, mayAct, pickTicket, type Workload } from './workload.ts';

const openTickets = ({ model }: Workload): Ticket[] =>
  [...model.tickets.values()].filter(({ state }) => state !== 'closed');

const editLimits = async (workload: Workload, self: ApiUser): Promise<void> => {
  const { random } = self;
  const deskId = random.chance(0.3) ? random.pick([MAIN_DESK, ...workload.deskIds]) : undefined;
  const seen = await self.call(`GET /v1/limits${deskId ? `?deskId=${deskId}` : ''}`);
  if (!seen?.etag) return;
  const cap = random.int(1, 5);
  const values = random.pick([
    { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: random.int(1, cap) },
    { maxWaitSec: random.int(10, 90) },
    { maxUrgentWaitSec: random.int(10, 60) },
    { maxReconnectWaitSec: random.int(10, 60) },
  ]);
  await self.call('PATCH /v1/limits', { ifMatch: seen.etag, body: { ...(deskId && { deskId }), values } });
};

/** Somebody goes to work on another desk, or comes back. */
const moveHome = async (workload: Workload, self: ApiUser): Promise<void> => {
  const { random } = self;
  const { id } = random.pick(workload.executors);
  const seen = await self.call(`GET /v1/executors/${id}`);
  if (!seen?.etag) return;
  const body = { name: 'Moved', homeDeskId: random.pick([MAIN_DESK, MAIN_DESK, ...workload.deskIds]) };
  await self.call(`PUT /v1/executors/${id}`, { ifMatch: seen.etag, body });
};

/** Somebody who steps in: assigns by hand, over a cap at times, moves people and changes limits. */
export const runManager = async (workload: Workload, self: ApiUser): Promise<void> => {
  const { random } = self;
  const reason = 'because';
  const executor = () => random.pick(workload.executors).id;
  const onTicket = async (act: (ticket: Ticket) => Promise<unknown>): Promise<void> => {
    const ticket = pickTicket(random, openTickets(workload));
    if (ticket) await act(ticket);
  };
  const assign = ({ id }: Ticket) =>
    self.call(`POST /v1/tickets/${id}/assign`, {
      body: { executorId: executor(), overCap: random.chance(0.3), reason },
    });
  const reassign = () =>
    self.call(`POST /v1/executors/${executor()}/reassign`, {
      body: { reason, ...(random.chance(0.6) && { toExecutorId: executor() }) },
    });
  while (await mayAct(workload, random, 1.5)) {
    await choose(random, [
      [30, () => onTicket(assign)],
      [16, () => editLimits(workload, self)],
      [8, () => self.call(`POST /v1/executors/${executor()}/force-offline`, { body: { reason } })],
      [12, reassign],
      [
        10,
        () =>
          onTicket(({ id }) =>
            self.call(`POST /v1/tickets/${id}/urgency`, { body: { urgent: random.chance(0.7), reason } }),
          ),
      ],
      [5, () => onTicket(({ id }) => self.call(`POST /v1/tickets/${id}/close`, { body: { reason } }))],
      [5, () => moveHome(workload, self)],
      [4, () => onTicket(({ id }) => self.call(`GET /v1/tickets/${id}/why`))],
      [3, () => self.call('GET /v1/board')],
    ]);
  }
};
