import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, noted, smsChange } from '../change.ts';
import type { Provider, StatusOutcome, StatusReport } from '../core/provider-model.ts';
import { findSms } from '../message-repository.ts';
import type { Attempt, Sms } from '../model.ts';
import { adapterOf } from '../providers/adapters.ts';
import { boundedReport } from '../providers/provider-values.ts';
import { applyReports } from './apply-reports.ts';
import { isOpen, replaced } from './attempts.ts';
import { connect, knownProvider } from './known-providers.ts';
import { afterRefusal, refusedAttempt } from './record-outcome.ts';
import { ABSENT_MS, isCrashed, isUnresolved, nextQueryAt, statusRefsOf } from './status-queries.ts';
import { withConnection } from './with-connection.ts';

const BUSY_MS = 60_000;
/** Shorter than for a message: a lost query is only repeated. */
const STATUS_TIMEOUT_MS = 5_000;

interface Open {
  readonly sms: Sms;
  readonly attempt: Attempt;
}

const openOf = (sms: Sms | undefined): Open | undefined => {
  const attempt = sms?.attempts.at(-1);
  const waits = sms?.state === 'sending' || sms?.state === 'sent' || sms?.state === 'unknown';
  return sms && attempt && waits && isOpen(attempt) ? { sms, attempt } : undefined;
};

/** Changes the message as it is now, if its state is still the one that was read; false when it has changed. */
const change = (rt: Runtime, seen: Open, to: (now: Open, at: Instant) => Sms): Promise<boolean> =>
  untilCommitted(rt, async () => {
    const now = openOf(await findSms(rt, seen.sms.id));
    if (!now || now.attempt.id !== seen.attempt.id || now.sms.state !== seen.sms.state) return false;
    await commit(rt, smsChange(rt, now.sms, to(now, instant(rt.clock.nowMs()))));
    return true;
  });

/** The sender has gone without a word: whether the message left, nobody knows. */
const lose = (rt: Runtime, open: Open): Promise<boolean> =>
  change(rt, open, ({ sms, attempt }, at) => {
    const lost: Attempt = { ...attempt, state: 'lost', why: 'no word from the sender' };
    return moved(sms, 'unknown', at, { attempts: replaced(sms, lost), askAt: at });
  });

/** 72 hours and no end: it failed as far as anybody will ever know. Its count stays (R-SMS-02). */
const giveUp = (rt: Runtime, open: Open): Promise<boolean> =>
  change(rt, open, ({ sms }, at) => moved(sms, 'failed', at, { reason: 'unresolved' }));

const postpone = (rt: Runtime, open: Open, askAt: Instant): Promise<boolean> =>
  change(rt, open, ({ sms }) => noted(sms, { askAt }));

const queryProvider = async (
  rt: Runtime,
  provider: Provider,
  { sms, attempt }: Open,
): Promise<StatusOutcome | 'no-known-id'> => {
  const refs = statusRefsOf(attempt, adapterOf(provider.kind).capabilities.ownId);
  if (refs.length === 0) return 'no-known-id';
  const answer = await withConnection(rt, provider, async () => {
    const { adapter, ctx } = await connect(rt, provider);
    const queries = refs.map((ref) => ({ ref, phone: sms.phone }));
    return adapter.queryStatus({ ...ctx, timeoutMs: STATUS_TIMEOUT_MS }, queries);
  });
  return answer === 'busy' ? { kind: 'limited', why: 'all connections are in use' } : answer;
};

/**
 * The provider says, long enough after the hand-off, that it has no message under our id: it never came. A definite no, so the
 * count goes back; another provider is not tried, for so late nobody waits.
 */
const isAbsent = ({ attempt }: Open, reports: readonly StatusReport[], nowMs: number): boolean =>
  attempt.state === 'lost' &&
  attempt.providerIds.length === 0 &&
  nowMs >= epochMs(attempt.startedAt) + ABSENT_MS &&
  reports.length > 0 &&
  reports.every(({ state }) => state === 'missing');

const endAbsent = (rt: Runtime, seen: Open): Promise<boolean> =>
  untilCommitted(rt, async () => {
    const now = openOf(await findSms(rt, seen.sms.id));
    if (!now || now.attempt.id !== seen.attempt.id || now.attempt.state !== 'lost') return false;
    const at = instant(rt.clock.nowMs());
    const why = 'the provider has no message under our id';
    const attempt = refusedAttempt(now.attempt, { reason: 'temporary', code: 'absent', why }, at);
    await commit(rt, afterRefusal(rt, { sms: now.sms, attempt, at }, []));
    return true;
  });

const takeIn = async (rt: Runtime, open: Open, reports: readonly StatusReport[]): Promise<void> => {
  const { sms, attempt } = open;
  const nowMs = rt.clock.nowMs();
  if (isAbsent(open, reports, nowMs)) return void (await endAbsent(rt, open));
  await applyReports(rt, { smsId: sms.id, attemptId: attempt.id, reports });
  const after = openOf(await findSms(rt, sms.id));
  if (!after || after.attempt.id !== attempt.id) return;
  const lost = after.attempt.state === 'lost';
  await postpone(rt, after, nextQueryAt(attempt.startedAt, nowMs, { lost, canQuery: true }));
};

const queryNow = async (rt: Runtime, open: Open): Promise<void> => {
  const { attempt } = open;
  const nowMs = rt.clock.nowMs();
  if (isUnresolved(attempt, nowMs)) return void (await giveUp(rt, open));
  const provider = await knownProvider(rt, attempt.providerId);
  const answer = provider ? await queryProvider(rt, provider, open) : 'no-known-id';
  if (answer === 'no-known-id') {
    const end = nextQueryAt(attempt.startedAt, nowMs, { lost: true, canQuery: false });
    await postpone(rt, open, end);
  } else if (answer.kind === 'answered') {
    await takeIn(
      rt,
      open,
      answer.reports.flatMap((report) => boundedReport(report) ?? []),
    );
  } else {
    rt.log.info('a status query got no answer', { providerId: attempt.providerId, why: answer.why });
    const next = nextQueryAt(attempt.startedAt, nowMs, { lost: attempt.state === 'lost', canQuery: true });
    const soon = instant(nowMs + BUSY_MS * (1 + rt.ids.random()));
    await postpone(rt, open, next < soon ? soon : next);
  }
};

/**
 * Asks the provider about a message whose time has come (R-SMS-03): one that was sent and is silent, one whose answer was
 * lost, one whose sender has crashed. Early, late and doubled calls change nothing.
 */
export const queryStatus = async (rt: Runtime, { smsId }: { smsId: string }): Promise<void> => {
  const open = openOf(await findSms(rt, smsId));
  const nowMs = rt.clock.nowMs();
  if (!open?.sms.askAt || epochMs(open.sms.askAt) > nowMs) return;
  if (!isCrashed(open.sms, open.attempt, nowMs)) {
    if (open.sms.state === 'sending') return; // still on its way
    return queryNow(rt, open);
  }
  if (!(await lose(rt, open))) return;
  const lost = openOf(await findSms(rt, smsId));
  if (lost) await queryNow(rt, lost);
};
