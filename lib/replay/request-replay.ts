import type { LimitValues } from '../desk/model.ts';
import { getDesk } from '../desk/reader.ts';
import { DAY_MS, KEEP_DAYS } from '../desk/rules.ts';
import { type Actor, audited } from '../platform/audit.ts';
import { epochMs, instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { commit } from '../platform/storage/commit.ts';
import type { Idempotency } from '../platform/storage/idempotency.ts';
import { replayRequested } from './internal-events.ts';
import { unpackedCurves } from './packed-curves.ts';
import { getReplay, type Replay, replayWrite } from './replay-repository.ts';
import type { ReplayRequest, ReplayView } from './replay-view.ts';

const MAX_DAYS = 31;

const badRange = (path: 'from' | 'to', message: string): AppError =>
  new AppError('invalid', 'invalid-range', `The span cannot be replayed: ${path} ${message}.`, {
    details: [{ path: `body.${path}`, message }],
  });

const checkRange = (fromMs: number, toMs: number, nowMs: number): void => {
  if (fromMs >= toMs) throw badRange('to', 'must be after from');
  if (toMs > nowMs) throw badRange('to', 'lies in the future');
  if (toMs - fromMs > MAX_DAYS * DAY_MS) throw badRange('to', `is more than ${MAX_DAYS} days after from`);
  if (fromMs < nowMs - KEEP_DAYS * DAY_MS) throw badRange('from', `is more than ${KEEP_DAYS} days ago`);
};

const checkPair = (limits: Partial<LimitValues>): void => {
  const { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: urgentCap } = limits;
  // Only what is requested is checked: where one of the two is the day's own, the replay keeps it below the other.
  if (cap === undefined || urgentCap === undefined || urgentCap <= cap) return;
  throw new AppError('unprocessable', 'limits-pair', 'The urgent cap would be above the cap.', {
    details: [{ path: 'body.limits.maxUrgentTicketsPerExecutor', message: 'is above maxTicketsPerExecutor' }],
  });
};

export const toReplayView = (replay: Replay): ReplayView => {
  const {
    version: _,
    requestedBy: _by,
    startedAt: _at,
    finishedAt,
    result,
    curves,
    problem,
    ...rest
  } = replay;
  return {
    ...rest,
    limits: { ...replay.limits },
    finishedAt: finishedAt ?? null,
    result: result
      ? {
          ...result,
          decisions: { ...result.decisions, different: [...result.decisions.different] },
          ...unpackedCurves(curves),
        }
      : null,
    problem: problem ?? null,
  };
};

export interface RequestReplay extends Actor {
  readonly request: ReplayRequest;
  readonly idempotency: Idempotency;
}

/** Queues a replay of a desk's past (R-DESK-12). Throws `desk-not-found`, `invalid-range`, `limits-pair`. */
export const requestReplay = async (rt: Runtime, input: RequestReplay): Promise<ReplayView> => {
  const { request, caller, idempotency } = input;
  const { deskId } = request;
  const [fromMs, toMs, nowMs] = [epochMs(request.from), epochMs(request.to), rt.clock.nowMs()];
  checkRange(fromMs, toMs, nowMs);
  await getDesk(rt, deskId);
  const limits = Object.fromEntries(
    Object.entries(request.limits ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<LimitValues>;
  checkPair(limits);
  const replay: Replay = {
    replayId: rt.ids.next('rpl'),
    deskId,
    from: instant(fromMs),
    to: instant(toMs),
    limits,
    state: 'queued',
    requestedBy: caller.id,
    requestedAt: instant(nowMs),
    version: 1,
  };
  const body = toReplayView(replay);
  const { replayId, from, to } = replay;
  const audit = audited(rt, input, {
    action: 'replay.requested',
    subject: `replay/${replayId}`,
    deskId,
    details: { from, to, limits },
  });
  await commit(rt, {
    writes: [replayWrite(rt, undefined, replay)],
    events: [replayRequested.draft({ replayId }), audit],
    answer: { idempotency, stored: { status: 202, body } },
  });
  return body;
};

/** A replay and, once it is done, its result. Throws `replay-not-found`. */
export const readReplay = async (rt: Runtime, replayId: string): Promise<ReplayView> =>
  toReplayView(await getReplay(rt, replayId));
