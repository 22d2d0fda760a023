import { MAIN_DESK, staleAfterMs, type Ticket } from '../product.ts';
import type { Person } from './api.ts';
import { choose, type Floor, mayAct, pickTicket } from './floor.ts';

type Intent = 'online' | 'draining' | 'away' | 'offline';

/** What an executor means to be; the desk may think otherwise of them. */
interface Self {
  readonly person: Person;
  intent: Intent;
  /** Their connection is gone until then. */
  silentUntilMs: number;
}

const held = ({ model }: Floor, { person }: Self): Ticket[] =>
  [...model.tickets.values()].filter(
    ({ executorId, state }) => executorId === person.id && state !== 'closed' && state !== 'waiting',
  );

const heldBefore = ({ model }: Floor, { person }: Self): Ticket[] =>
  [...model.tickets.values()].filter((ticket) => ticket.heldBy.includes(person.id));

const connected = (floor: Floor, self: Self): boolean =>
  !floor.silent && self.silentUntilMs <= floor.world.timeline.nowMs();

const setIntent = async (self: Self, intent: Intent): Promise<void> => {
  self.intent = intent;
  await self.person.insist('PUT /v1/executors/me/presence', { body: { presence: intent } });
};

const beat = async (floor: Floor, self: Self): Promise<void> => {
  const { world, scenario } = floor;
  const periodMs = scenario.limits.heartbeatPeriodSec * 1000;
  while (!floor.silent) {
    await world.timeline.sleep(periodMs * (0.8 + 0.15 * self.person.random.next()));
    const speaks = self.intent === 'online' || self.intent === 'draining';
    if (speaks && connected(floor, self)) await self.person.call('POST /v1/executors/me/heartbeat');
  }
};

/** Away for shorter or longer than anybody waits. */
const fallSilent = async (floor: Floor, self: Self): Promise<void> => {
  const { scenario, world } = floor;
  const patienceMs = staleAfterMs(scenario.limits) + scenario.limits.maxReconnectWaitSec * 1000;
  self.silentUntilMs = world.timeline.nowMs() + patienceMs * (0.3 + 1.2 * self.person.random.next());
};

const actOn = (floor: Floor, self: Self, ticket: Ticket): Promise<unknown> => {
  const { person } = self;
  const { random } = person;
  const post = (action: string, body?: object, key?: string) =>
    person.call(`POST /v1/tickets/${ticket.id}/${action}`, { body: body ?? {}, ...(key && { key }) });
  const reply = () =>
    person.insist(`POST /v1/tickets/${ticket.id}/replies`, {
      body: { text: 'We are on it.' },
      key: `reply-${random.int(0, 1e9)}`,
    });
  const other = () => random.pick(floor.executors).id;
  const desk = () => random.pick([MAIN_DESK, ...floor.deskIds]);
  return choose(random, [
    [30, () => post('accept')],
    [14, reply],
    [10, () => person.call(`POST /v1/tickets/${ticket.id}/waiting`)],
    [18, () => post('close')],
    [8, () => post('decline')],
    [6, () => post('transfer', { executorId: other() })],
    [3, () => post('transfer', { deskId: desk() })],
    [4, () => post('urgency', { urgent: random.chance(0.6), reason: 'because' })],
    [2, () => person.call(`GET /v1/tickets/${ticket.id}/why`)],
    [2, () => person.call('GET /v1/tickets?held=now')],
  ]);
};

/** A last click, and the laptop is shut. */
const lastWord = async (floor: Floor, self: Self): Promise<void> => {
  const ticket = pickTicket(
    self.person.random,
    held(floor, self).filter(({ state }) => state !== 'waitingClient'),
  );
  if (!ticket) return;
  const leave = async () => {
    await floor.world.timeline.sleep(self.person.random.int(0, 60));
    await setIntent(self, 'offline');
  };
  const word = self.person.random.pick(['accept', 'replies']);
  const body = word === 'replies' ? { text: 'One moment.' } : {};
  const key = `last-${self.person.random.int(0, 1e9)}`;
  await Promise.all([self.person.call(`POST /v1/tickets/${ticket.id}/${word}`, { body, key }), leave()]);
};

const act = async (floor: Floor, self: Self): Promise<void> => {
  const { random } = self.person;
  const own = pickTicket(random, held(floor, self));
  const earlier = pickTicket(random, heldBefore(floor, self));
  await choose(random, [
    [70, async () => own && actOn(floor, self, own)],
    // Late word about a ticket that may have moved on long ago.
    [6, async () => earlier && actOn(floor, self, earlier)],
    [5, () => fallSilent(floor, self)],
    [4, () => lastWord(floor, self)],
    [4, () => setIntent(self, 'away')],
    [3, () => setIntent(self, 'draining')],
    [3, () => setIntent(self, 'offline')],
    [2, () => setIntent(self, 'online')],
  ]);
};

const RETURN_SHARE = 0.35;

/** A member of the desk: works on what they have, drops out, comes back in time or too late. */
export const runExecutor = async (floor: Floor, person: Person): Promise<void> => {
  const { random } = person;
  const self: Self = { person, intent: 'offline', silentUntilMs: 0 };
  void beat(floor, self);
  await setIntent(self, 'online');
  while (await mayAct(floor, random, 0.6)) {
    if (!connected(floor, self)) continue;
    if (self.intent !== 'online' && random.chance(RETURN_SHARE)) await setIntent(self, 'online');
    else await act(floor, self);
  }
};
