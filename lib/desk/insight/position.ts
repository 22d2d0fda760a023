import type { Runtime } from '../../platform/runtime.ts';
import type { Ticket } from '../model.ts';
import { listLastPlanned } from '../repository/decision-log.ts';
import { findPosition } from '../repository/line-counts.ts';
import { estimateWait } from './estimate-rules.ts';
import type { WaitView } from './wait-view.ts';

export { waitView } from './wait-view.ts';

/** Intervals come from this many assignments at most. */
const LOOKED_AT = 200;
/** Clients ask every few seconds; what an estimate rests on need not be newer than this. */
const KEEP_MS = 10_000;

interface Kept {
  readonly readAtMs: number;
  readonly times: Promise<string[]>;
}

/** Per store, so that two worlds in one process never mix. */
const kept = new WeakMap<Runtime['dynamo'], Map<string, Kept>>();

const readTimes = async (rt: Runtime, deskId: string): Promise<string[]> => {
  const decisions = await listLastPlanned(rt, deskId, LOOKED_AT);
  return decisions.flatMap((decision) => decision.tickets.map(() => decision.at)).slice(0, LOOKED_AT);
};

/** Instants of the desk's last assignments by the dispatcher; up to ten seconds old. */
const assignmentTimes = (rt: Runtime, deskId: string): Promise<string[]> => {
  const desks = kept.get(rt.dynamo) ?? new Map<string, Kept>();
  kept.set(rt.dynamo, desks);
  const known = desks.get(deskId);
  const nowMs = rt.clock.nowMs();
  if (known && nowMs - known.readAtMs < KEEP_MS) return known.times;
  const times = readTimes(rt, deskId);
  desks.set(deskId, { readAtMs: nowMs, times });
  // What could not be read must not be answered for ten seconds.
  times.catch(() => desks.delete(deskId));
  return times;
};

/** A waiting ticket's position and estimated wait (R-DESK-10); null for one that does not wait. */
export const describeWait = async (rt: Runtime, ticket: Ticket): Promise<WaitView | null> => {
  if (ticket.state !== 'waiting') return null;
  const [position, times] = await Promise.all([findPosition(rt, ticket), assignmentTimes(rt, ticket.deskId)]);
  const estimate = position.more ? undefined : estimateWait(times, position.count);
  return { position, estimate: estimate ?? null };
};
