import { auditEvent } from '../../platform/audit.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { type LimitName, type LimitsRegistry, limitNames } from '../model.ts';
import { getDesk } from '../repository/desks.ts';
import { findLimits, type LimitsChangeRecord, limitsWrites } from '../repository/limits.ts';
import { changeLimits, type LimitsChange } from './limits.ts';
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

/** A scope's own values, old and new; null where it has none. */
const differences = (before: LimitsRegistry, after: LimitsRegistry, deskId: string | undefined) => {
  const own = (registry: LimitsRegistry, name: LimitName): number | null =>
    (deskId ? registry.desks[deskId]?.[name] : registry.global[name]) ?? null;
  return limitNames
    .map((name) => ({ name, from: own(before, name), to: own(after, name) }))
    .filter(({ from, to }) => from !== to);
};

const record = async (
  rt: Runtime,
  before: LimitsRegistry,
  after: LimitsRegistry,
  input: EditLimits,
): Promise<void> => {
  const { deskId } = input.change;
  const changes = differences(before, after, deskId);
  const entry: LimitsChangeRecord = {
    version: after.version,
    at: instant(rt.clock.nowMs()),
    actorId: input.caller.id,
    deskId,
    changes,
    registry: after,
  };
  const audit = auditEvent(rt, {
    actor: input.caller,
    action: 'limits.changed',
    subject: `limits/${deskId ?? 'global'}`,
    ...(deskId && { deskId }),
    details: { version: after.version, changes },
    origin: input.origin,
  });
  await commit(rt, {
    writes: limitsWrites(rt, before, entry),
    events: [
      {
        type: 'desk.limits.changed',
        aggregate: { id: 'limits', version: after.version },
        // The journal keeps the whole registry: a replay runs under the limits of its day.
        data: { deskIds: deskId ? [deskId] : 'all', registry: after },
      },
      audit,
    ],
  });
};

/**
 * Changes global values or those of one desk, in force with the commit (R-DESK-01). Throws `desk-not-found`, `stale` when
 * the registry is not at `ifMatch`, `limits-pair` naming the desk whose pair would break.
 */
export const editLimits = (rt: Runtime, input: EditLimits): Promise<LimitsView> =>
  untilCommitted(rt, async () => {
    const { change, ifMatch } = input;
    if (change.deskId) await getDesk(rt, change.deskId);
    const registry = await findLimits(rt);
    if (registry.version !== ifMatch)
      throw new AppError('stale', 'stale', 'The limits were changed meanwhile.');
    const decision = changeLimits(registry, change);
    if (decision.kind === 'broken-pair') throw brokenPair(decision.deskId);
    if (decision.kind === 'unchanged') return toLimitsView(registry, change.deskId);
    await record(rt, registry, decision.registry, input);
    return toLimitsView(decision.registry, change.deskId);
  });
