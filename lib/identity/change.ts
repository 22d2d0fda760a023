import { AppError } from '../platform/errors.ts';
import type { EventDraft } from '../platform/outbox/event.ts';
import type { Runtime } from '../platform/runtime.ts';
import { CommitConflict, type Write } from '../platform/storage/write.ts';
import { userFact } from './events.ts';
import type { User } from './model.ts';
import { type Admins, adminsWrite, findAdmins, userWrites } from './repository/users.ts';
import { actsAsAdmin, adminsAfter } from './staff/account-rules.ts';

/** What one commit changes: writes and the facts that follow from them. */
export interface Change {
  readonly writes: readonly Write[];
  readonly events: readonly EventDraft[];
}

interface AccountMove {
  readonly before: User | undefined;
  readonly after: User;
  /** The admins as a decision was made on them; else they are read when they change. */
  readonly admins?: Admins;
}

const adminsChange = async (rt: Runtime, { before, after, admins: given }: AccountMove): Promise<Write[]> => {
  if ((before !== undefined && actsAsAdmin(before)) === actsAsAdmin(after)) return [];
  const admins = given ?? (await findAdmins(rt));
  const ids = adminsAfter(admins.ids, { before, after });
  if (ids) return [adminsWrite(rt, admins, ids)];
  throw new AppError('conflict', 'last-admin', 'Nobody would be left who can give roles.');
};

/**
 * An account in its next version with everything that follows: its phone, its places in lists, the admins, the fact for
 * other modules. Throws `last-admin`.
 */
export const userChange = async (rt: Runtime, move: AccountMove): Promise<Change> => ({
  writes: [...userWrites(rt, move.before, move.after), ...(await adminsChange(rt, move))],
  events: [userFact(move.after)],
});

const TRIES = 40;
const MAX_DELAY_EXPONENT = 6;

/** Somebody else was first, or the store gave up on a contended item: both are answered by looking again. */
const isContention = (error: unknown): boolean =>
  error instanceof CommitConflict || (error instanceof AppError && error.code === 'store-unavailable');

/**
 * Load → decide → commit, again from the start when somebody else was first. `step` must read everything anew.
 * What people contend for here is capped, so that nobody loses often. Throws AppError `busy` (503) after forty losses.
 */
export const untilCommitted = async <T>(rt: Runtime, step: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isContention(error)) throw error;
      if (attempt + 1 >= TRIES) {
        throw new AppError('unavailable', 'busy', 'Too many changes at once, try again.', { cause: error });
      }
      await rt.clock.sleep(5 * 2 ** Math.min(attempt, MAX_DELAY_EXPONENT) * (0.5 + rt.ids.random()));
    }
  }
};
