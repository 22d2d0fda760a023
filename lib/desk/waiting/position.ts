import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findLimits } from '../core/limit-repository.ts';
import { findPosition } from '../core/line-counts.ts';
import { listLastPlanned } from '../dispatch/decision-log-repository.ts';
import type { Ticket } from '../model.ts';
import { estimateWait, type PastAssignment } from './estimate.ts';
import type { WaitView } from './wait-view.ts';

/** Intervals come from this many assignments at most. */
const LOOKED_AT = 200;
/** Clients poll every few seconds; the data of an estimate need not be newer than this. */
const KEEP_MS = 10_000;

interface Kept {
  readonly readAtMs: number;
  readonly assignments: Promise<PastAssignment[]>;
}

/** Per store, so that two worlds in one process never mix. */
const kept = new WeakMap<Runtime['dynamo'], Map<string, Kept>>();

/** The first 48 bits of a UUIDv7 are its milliseconds (RFC 9562, 5.7): no need to read 200 tickets for them. */
const createdAtOf = (ticketId: string): string => {
  const [, uuid = ''] = ticketId.split('_');
  return instant(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16));
};

const readAssignments = async (rt: Runtime, deskId: string): Promise<PastAssignment[]> => {
  const decisions = await listLastPlanned(rt, deskId, LOOKED_AT);
  return decisions
    .flatMap(({ at, tickets }) => tickets.map(({ ticketId }) => ({ at, createdAt: createdAtOf(ticketId) })))
    .slice(0, LOOKED_AT);
};

/** The desk's last assignments by the dispatcher; up to ten seconds old. */
const lastAssignments = (rt: Runtime, deskId: string): Promise<PastAssignment[]> => {
  const desks = kept.get(rt.dynamo) ?? new Map<string, Kept>();
  kept.set(rt.dynamo, desks);
  const known = desks.get(deskId);
  const nowMs = rt.clock.nowMs();
  if (known && nowMs - known.readAtMs < KEEP_MS) return known.assignments;
  const assignments = readAssignments(rt, deskId);
  desks.set(deskId, { readAtMs: nowMs, assignments });
  // What could not be read must not be answered for ten seconds.
  assignments.catch(() => desks.delete(deskId));
  return assignments;
};

/** A waiting ticket's position and estimated wait (R-DESK-10); null for one that does not wait. */
export const describeWait = async (rt: Runtime, ticket: Ticket): Promise<WaitView | null> => {
  const { state, line, deskId } = ticket;
  if (state !== 'waiting' || !line) return null;
  const [position, assignments, limits] = await Promise.all([
    findPosition(rt, ticket),
    lastAssignments(rt, deskId),
    findLimits(rt, deskId),
  ]);
  const place = { position: position.count, line, minIntervals: limits.estimateMinIntervals };
  const estimate = position.more ? undefined : estimateWait(assignments, place);
  return { position, estimate: estimate ?? null };
};
