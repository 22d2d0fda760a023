import type { Instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Change } from '../platform/storage/change.ts';
import { quotaReleased } from './core/quota-repository.ts';
import { statusChangedEvent } from './events.ts';
import { handOffEvent } from './internal-events.ts';
import { deadlineOf, smsWrite } from './message-repository.ts';
import type { Sms, SmsState } from './model.ts';
import { givesBack, mayMove } from './states.ts';

/** A message in its next version; `more` is what else changes with the state. A reason given before does not stay. */
export const moved = (sms: Sms, state: SmsState, at: Instant, more: Partial<Sms> = {}): Sms => {
  const { reason, askAt, ...rest } = sms;
  return { ...rest, ...more, state, stateAt: at, version: sms.version + 1 };
};

/** The same state, something else noted (an attempt, the next question). */
export const noted = (sms: Sms, more: Partial<Sms>): Sms => ({ ...sms, ...more, version: sms.version + 1 });

/** States before hand-off are not published; every other state is. */
const SILENT: readonly SmsState[] = ['registered', 'checked', 'queued', 'sending'];

/**
 * A message in its next version: the item under the version that was read, its count given back where the move gives
 * it back, its hand-off when it is queued, and the fact for everybody who listens.
 * Throws Error on a move that the table of states does not know: that is a mistake in the caller.
 */
export const smsChange = (rt: Runtime, before: Sms, after: Sms): Change => {
  const moves = before.state !== after.state || before.stateAt !== after.stateAt;
  if (moves && !mayMove(before.state, after.state)) {
    throw new Error(`a message does not go from ${before.state} to ${after.state}`);
  }
  const released = moves && givesBack(before.state, after.state);
  const { plannedOn, countedIn, ...uncounted } = after;
  return {
    writes: [
      smsWrite(rt, before, released ? uncounted : after),
      ...(released ? quotaReleased(rt, before) : []),
    ],
    events: [
      ...(moves && after.state === 'queued' ? [handOffEvent(after)] : []),
      ...(moves && !SILENT.includes(after.state) ? [statusChangedEvent(after)] : []),
      ...(after.askAt !== before.askAt ? (deadlineOf(rt, after)?.events ?? []) : []),
    ],
  };
};
