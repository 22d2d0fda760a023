import { classifyFailure, type RejectReason } from '../../platform/queue/classify-failure.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { commitChange } from '../core/change.ts';
import { listPlaces, messageExists, type Place, rejectedWrites } from './message-repository.ts';
import { placeMessage } from './place-message.ts';

const PAGE = 25;

export interface Rejection extends RejectReason {
  readonly place: Place;
}

/** Tells people of a message nobody can process; told before its place goes, so none goes untold. */
export type Report = (rejection: Rejection) => Promise<void>;

/** A lost race means that another delivery of the same wake-up has dealt with the place. */
const reject = async (rt: Runtime, place: Place, reason: RejectReason): Promise<void> => {
  const exists = await messageExists(rt, place.messageId);
  const writes = rejectedWrites(rt, place, { reason: reason.code, exists });
  await commitChange(rt, { writes, events: [] }).catch((error: unknown) => {
    if (!(error instanceof CommitConflict)) throw error;
  });
};

/**
 * A permanent failure marks the place `rejected`, so that those behind it pass. Anything unforeseen is thrown: it may
 * be our own fault and mended by the next deploy, and until then it holds up this one client, whose messages keep
 * their order.
 */
const settle = async (rt: Runtime, place: Place, report: Report): Promise<void> => {
  try {
    await placeMessage(rt, place);
  } catch (error) {
    const verdict = classifyFailure(error);
    if (verdict.kind !== 'reject') throw error;
    await report({ ...verdict.reason, place });
    await reject(rt, place, verdict.reason);
  }
};

/**
 * Brings a client's accepted messages to their tickets, in the order of acceptance, whichever of them woke us: a
 * resent wake-up may overtake another, the places cannot. Goes on until none is left; what a crash interrupts, the
 * next delivery finds where it stood.
 */
export const openTickets = async (rt: Runtime, clientId: string, report: Report): Promise<void> => {
  for (;;) {
    const places = await listPlaces(rt, clientId, PAGE);
    for (const place of places) await settle(rt, place, report);
    if (places.length < PAGE) return;
  }
};
