import type { World } from '../engine/world.ts';
import { type Executor, lineKey, placeOf, rosterKey, type Ticket, ticketStateTable } from '../product.ts';
import type { Commit, Model, Told } from './model.ts';

const holders = (model: Model, ticketId: string, set: 'open' | 'parked'): string[] =>
  model.listExecutors().flatMap((executor) => (executor[set].includes(ticketId) ? [executor.id] : []));

const same = (a: readonly string[], b: readonly (string | undefined)[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

/** In one hand, and in the one it names; and the load is the set of open tickets (R-DESK-07). */
export const checkHand = (model: Model, ticketId: string): string | undefined => {
  const ticket = model.tickets.get(ticketId);
  const open = holders(model, ticketId, 'open');
  const parked = holders(model, ticketId, 'parked');
  if (!ticket) return `${ticketId} is held by ${[...open, ...parked]} and does not exist`;
  const inHand = ticket.state === 'assigned' || ticket.state === 'accepted';
  const wantedOpen = inHand ? [ticket.executorId] : [];
  const wantedParked = ticket.state === 'waitingClient' ? [ticket.executorId] : [];
  if (same(open, wantedOpen) && same(parked, wantedParked)) return undefined;
  return `${ticketId} is ${ticket.state} with ${ticket.executorId}, but open with [${open}] and parked with [${parked}]`;
};

const checkUrgent = (model: Model, executor: Executor): string | undefined => {
  const urgent = executor.open.filter((id) => model.tickets.get(id)?.urgent);
  return same(executor.openUrgent, urgent)
    ? undefined
    : `${executor.id} counts urgent [${executor.openUrgent}], but [${urgent}] are`;
};

const reachable = (from: Ticket, to: Ticket): boolean =>
  from.state === to.state || Object.values(ticketStateTable[from.state]).includes(to.state);

/** What may never happen to a ticket, whoever does it. */
const checkLife = ({ before, after }: Told<Ticket>): string | undefined => {
  if (!after) return `${before?.id} is gone`;
  const wait = after.state === 'waiting';
  if (wait !== (after.line !== undefined) || wait !== (after.waitingSince !== undefined))
    return `${after.id} is ${after.state} and stands in line ${after.line} since ${after.waitingSince}`;
  if (!before) return after.version === 1 ? undefined : `${after.id} begins with version ${after.version}`;
  if (before.state === 'closed') return `${after.id} was closed and has changed`;
  if (after.version !== before.version + 1)
    return `${after.id} went from version ${before.version} to ${after.version}`;
  if (after.orderedAt !== before.orderedAt || after.clientId !== before.clientId)
    return `${after.id} changed its time of order or its client`;
  if (before.heldBy.some((id) => !after.heldBy.includes(id))) return `${after.id} forgot who held it`;
  return reachable(before, after) ? undefined : `${after.id} went from ${before.state} to ${after.state}`;
};

const checkLine = (model: Model, { before, after }: Told<Ticket>): string | undefined => {
  const [old, now] = [before && lineKey(before), after && lineKey(after)];
  if (old && old.sk !== now?.sk && model.line(old.pk.slice('LINES#'.length)).has(old.sk))
    return `${after?.id} left its place ${old.sk} behind`;
  if (now && !model.line(now.pk.slice('LINES#'.length)).has(now.sk))
    return `${after?.id} has no place in line`;
  return undefined;
};

const checkRoster = (model: Model, executor: Executor): string | undefined => {
  const places = [...model.rosters].flatMap(([deskId, places]) =>
    [...places].flatMap((sk) => (sk.endsWith(`#${executor.id}`) ? [`${deskId} ${sk}`] : [])),
  );
  const own = model.rosters.get(executor.homeDeskId);
  const stands = [...(own ?? [])].some((sk) => sk.endsWith(`#${executor.id}`));
  return places.length === 1 && stands ? undefined : `${executor.id} stands at [${places}]`;
};

/** After every request: hands, loads, lives of tickets, places in line and on the roster. */
export const checkHands = (world: World, model: Model): void => {
  const say = (rule: string, texts: Iterable<string | undefined>) => {
    for (const text of texts) if (text) world.report(rule, text);
  };
  model.onEach(({ tickets, executors }: Commit) => {
    const touched = new Set([
      ...tickets.flatMap(({ after }) => after?.id ?? []),
      ...executors.flatMap(({ before, after }) =>
        [before, after].flatMap((each) => [...(each?.open ?? []), ...(each?.parked ?? [])]),
      ),
    ]);
    say(
      'hands',
      [...touched].map((id) => checkHand(model, id)),
    );
    say(
      'load',
      executors.map(({ after }) => after && checkUrgent(model, after)),
    );
    say('life', tickets.map(checkLife));
    say(
      'line',
      tickets.map((each) => checkLine(model, each)),
    );
    say(
      'roster',
      executors.map(({ after }) => after && checkRoster(model, after)),
    );
  });
};

/** At the end: no place without a ticket that waits there, no executor in a list that is not theirs. */
export const checkPlaces = (world: World, model: Model): void => {
  for (const id of model.tickets.keys()) {
    const text = checkHand(model, id);
    if (text) world.report('hands', text);
  }
  const waiting = [...model.tickets.values()].flatMap((ticket) => lineKey(ticket) ?? []);
  const wanted = new Set(waiting.map(({ pk, sk }) => `${pk} ${sk}`));
  const found = [...model.lines].flatMap(([deskId, line]) =>
    [...line.keys()].map((sk) => `LINES#${deskId} ${sk}`),
  );
  for (const place of found) if (!wanted.delete(place)) world.report('line', `nobody waits at ${place}`);
  for (const place of wanted) world.report('line', `no place ${place}`);
  for (const executor of model.listExecutors()) {
    const place = placeOf(executor, model.limits(executor.homeDeskId));
    const [list, rank] = place.split('#');
    const own = [...(model.rosters.get(executor.homeDeskId) ?? [])].find((sk) =>
      sk.endsWith(`#${executor.id}`),
    );
    const [ownList = '', ownRank] = own?.split('#') ?? [];
    // The place may lag behind a change of limits among those who are online, until a dispatcher meets it.
    const bothOnline = Number(list) <= 2 && Number(ownList) <= 2;
    if (ownRank !== rank || (ownList !== list && !bothOnline))
      world.report(
        'roster',
        `${executor.id} stands at ${rosterKey(executor.homeDeskId)} ${own}, not ${place}`,
      );
  }
};
