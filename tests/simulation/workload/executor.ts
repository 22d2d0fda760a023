import { MAIN_DESK, staleAfterMs, type Ticket } from '../product.ts';
import type { ApiUser } from './api.ts';
import { choose, mayAct, pickTicket, type Workload } from './workload.ts';

type Intent = 'online' | 'draining' | 'away' | 'offline';

/** What an executor means to be; the desk may think otherwise of them. */
interface Self {
  readonly user: ApiUser;
  intent: Intent;
  /** Their connection is gone until then. */
  silentUntilMs: number;
}

const held = ({ model }: Workload, { user }: Self): Ticket[] =>
  [...model.tickets.values()].filter(
    ({ executorId, state }) => executorId === user.id && state !== 'closed' && state !== 'waiting',
  );

const heldBefore = ({ model }: Workload, { user }: Self): Ticket[] =>
  [...model.tickets.values()].filter((ticket) => ticket.heldBy.includes(user.id));

const connected = (workload: Workload, self: Self): boolean =>
  !workload.silent && self.silentUntilMs <= workload.world.timeline.nowMs();

const setIntent = async (self: Self, intent: Intent): Promise<void> => {
  self.intent = intent;
  await self.user.insist('PUT /v1/executors/me/presence', { body: { presence: intent } });
};

const beat = async (workload: Workload, self: Self): Promise<void> => {
  const { world, scenario } = workload;
  const periodMs = scenario.limits.heartbeatPeriodSec * 1000;
  while (!workload.silent) {
    await world.timeline.sleep(periodMs * (0.8 + 0.15 * self.user.random.next()));
    const speaks = self.intent === 'online' || self.intent === 'draining';
    if (speaks && connected(workload, self)) await self.user.call('POST /v1/executors/me/heartbeat');
  }
};

/** Away for shorter or longer than anybody waits. */
const fallSilent = async (workload: Workload, self: Self): Promise<void> => {
  const { scenario, world } = workload;
  const patienceMs = staleAfterMs(scenario.limits) + scenario.limits.maxReconnectWaitSec * 1000;
  self.silentUntilMs = world.timeline.nowMs() + patienceMs * (0.3 + 1.2 * self.user.random.next());
};

const actOn = (workload: Workload, self: Self, ticket: Ticket): Promise<unknown> => {
  const { user } = self;
  const { random } = user;
  const post = (action: string, body?: object, key?: string) =>
    user.call(`POST /v1/tickets/${ticket.id}/${action}`, { body: body ?? {}, ...(key && { key }) });
  const reply = () =>
    user.insist(`POST /v1/tickets/${ticket.id}/replies`, {
      body: { text: 'We are on it.' },
      key: `reply-${random.int(0, 1e9)}`,
    });
  const other = () => random.pick(workload.executors).id;
  const desk = () => random.pick([MAIN_DESK, ...workload.deskIds]);
  return choose(random, [
    [30, () => post('accept')],
    [14, reply],
    [10, () => user.call(`POST /v1/tickets/${ticket.id}/waiting`)],
    [18, () => post('close')],
    [8, () => post('decline')],
    [6, () => post('transfer', { executorId: other() })],
    [3, () => post('transfer', { deskId: desk() })],
    [4, () => post('urgency', { urgent: random.chance(0.6), reason: 'because' })],
    [2, () => user.call(`GET /v1/tickets/${ticket.id}/why`)],
    [2, () => user.call('GET /v1/tickets?held=now')],
  ]);
};

/** A last click, and the laptop is shut. */
const lastWord = async (workload: Workload, self: Self): Promise<void> => {
  const ticket = pickTicket(
    self.user.random,
    held(workload, self).filter(({ state }) => state !== 'waitingClient'),
  );
  if (!ticket) return;
  const leave = async () => {
    await workload.world.timeline.sleep(self.user.random.int(0, 60));
    await setIntent(self, 'offline');
  };
  const word = self.user.random.pick(['accept', 'replies']);
  const body = word === 'replies' ? { text: 'One moment.' } : {};
  const key = `last-${self.user.random.int(0, 1e9)}`;
  await Promise.all([self.user.call(`POST /v1/tickets/${ticket.id}/${word}`, { body, key }), leave()]);
};

const act = async (workload: Workload, self: Self): Promise<void> => {
  const { random } = self.user;
  const own = pickTicket(random, held(workload, self));
  const earlier = pickTicket(random, heldBefore(workload, self));
  await choose(random, [
    [70, async () => own && actOn(workload, self, own)],
    // Late word about a ticket that may have moved on long ago.
    [6, async () => earlier && actOn(workload, self, earlier)],
    [5, () => fallSilent(workload, self)],
    [4, () => lastWord(workload, self)],
    [4, () => setIntent(self, 'away')],
    [3, () => setIntent(self, 'draining')],
    [3, () => setIntent(self, 'offline')],
    [2, () => setIntent(self, 'online')],
  ]);
};

const RETURN_SHARE = 0.35;

/** A member of the desk: works on what they have, drops out, comes back in time or too late. */
export const runExecutor = async (workload: Workload, user: ApiUser): Promise<void> => {
  const { random } = user;
  const self: Self = { user, intent: 'offline', silentUntilMs: 0 };
  void beat(workload, self);
  await setIntent(self, 'online');
  while (await mayAct(workload, random, 0.6)) {
    if (!connected(workload, self)) continue;
    if (self.intent !== 'online' && random.chance(RETURN_SHARE)) await setIntent(self, 'online');
    else await act(workload, self);
  }
};
