import { auditEvent } from '../../platform/audit.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { limitsEvent } from '../events.ts';
import type { LimitValues } from '../model.ts';
import { getDesk } from '../repository/desks.ts';
import { findPairGuard, findScopes, type LimitsChangeRecord, limitsWrites } from '../repository/limits.ts';
import { limitNames } from './catalogue.ts';
import { changeLimits, type GlobalLimits, type LimitsChange, type SeenLimits } from './limits.ts';
import { type LimitsView, toLimitsView } from './limits-view.ts';

interface EditLimits {
  readonly change: LimitsChange;
  readonly ifMatch: number;
  readonly caller: Caller;
  readonly origin: Origin;
}

const brokenPair = (deskId: string | undefined): AppError => {
  const where = deskId ? `on desk ${deskId}` : 'globally';
  return new AppError('unprocessable', 'limits-pair', `The urgent cap would be above the cap ${where}.`, {
    details: [
      { path: 'body.values.maxUrgentTicketsPerExecutor', message: `is above maxTicketsPerExecutor ${where}` },
    ],
  });
};

/** The scope's own values, old and new; null where it has none. */
const differences = (before: Partial<LimitValues>, after: Partial<LimitValues>) =>
  limitNames
    .map((name) => ({ name, from: before[name] ?? null, to: after[name] ?? null }))
    .filter(({ from, to }) => from !== to);

/** Later than the newest change, whatever this machine's clock says: the history is in order of time as well. */
const changeInstant = (rt: Runtime, { changedAt = '' }: GlobalLimits): Instant => {
  const now = instant(rt.clock.nowMs());
  return now > changedAt ? now : changedAt;
};

const record = async (
  rt: Runtime,
  seen: SeenLimits,
  values: Partial<LimitValues>,
  input: EditLimits,
): Promise<number> => {
  const { deskId } = input.change;
  const changes = differences(deskId ? seen.own.values : seen.global.values, values);
  const version = seen.global.sequence + 1;
  const entry: LimitsChangeRecord = {
    version,
    at: changeInstant(rt, seen.global),
    actorId: input.caller.id,
    deskId,
    changes,
  };
  const audit = auditEvent(rt, {
    actor: input.caller,
    action: 'limits.changed',
    subject: `limits/${deskId ?? 'global'}`,
    ...(deskId && { deskId }),
    details: { version, changes },
    origin: input.origin,
  });
  await commit(rt, {
    writes: limitsWrites(rt, seen, { record: entry, values }),
    events: [limitsEvent({ deskId, version, values }), audit],
  });
  return version;
};

const seenBy = async (rt: Runtime, { deskId }: LimitsChange): Promise<SeenLimits> => {
  const scopes = await findScopes(rt, deskId);
  // Read after the sequence: whatever changed since then, the commit is held to it.
  return { ...scopes, guard: deskId ? {} : await findPairGuard(rt) };
};

/**
 * Changes global values or those of one desk, in force with the commit (R-DESK-01). Throws `desk-not-found`, `stale` when
 * the scope is not at `ifMatch`, `limits-pair` naming the desk whose pair would break.
 */
export const editLimits = (rt: Runtime, input: EditLimits): Promise<LimitsView> =>
  untilCommitted(rt, async () => {
    const { change, ifMatch } = input;
    const { deskId } = change;
    if (deskId) await getDesk(rt, deskId);
    const seen = await seenBy(rt, change);
    const view = toLimitsView(seen, deskId);
    if (view.version !== ifMatch) throw new AppError('stale', 'stale', 'The limits were changed meanwhile.');
    const decision = changeLimits(seen, change);
    if (decision.kind === 'broken-pair') throw brokenPair(decision.deskId);
    if (decision.kind === 'unchanged') return view;
    const version = await record(rt, seen, decision.values, input);
    const after = { version, values: decision.values };
    return toLimitsView(
      deskId
        ? { ...seen, own: after }
        : {
            ...seen,
            global: { ...seen.global, ...after, values: { ...seen.global.values, ...decision.values } },
          },
      deskId,
    );
  });
