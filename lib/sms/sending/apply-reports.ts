import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import { moved, noted, smsChange } from '../change.ts';
import type { StatusReport } from '../core/provider-model.ts';
import { suppressByProvider } from '../inbound/suppress.ts';
import { findSms } from '../message-repository.ts';
import type { Attempt, Sms } from '../model.ts';
import { attemptAfter, isOpen, replaced, smsStateAfter } from './attempts.ts';
import { referencesOf } from './record-outcome.ts';
import { nextQueryAt } from './status-queries.ts';

export interface Reported {
  readonly smsId: string;
  readonly attemptId: string;
  readonly reports: readonly StatusReport[];
}

/** The next status query, while there is one: a final state is not queried any more. */
const queryAtOf = (attempt: Attempt, at: Instant): { askAt?: Instant } =>
  isOpen(attempt)
    ? { askAt: nextQueryAt(attempt.startedAt, epochMs(at), { lost: false, canQuery: true }) }
    : {};

/** A message after reports about one of its attempts; undefined: they say nothing new. */
export const afterReports = (
  sms: Sms,
  attempt: Attempt,
  reports: readonly StatusReport[],
  at: Instant,
): { sms: Sms; attempt: Attempt } | undefined => {
  const after = reports.reduce((each, report) => attemptAfter(each, report, at), attempt);
  if (after === attempt) return undefined;
  const attempts = replaced(sms, after);
  const to = smsStateAfter({ ...sms, attempts }, after);
  const reason = after.why === undefined ? {} : { reason: after.why };
  const next = to
    ? moved(sms, to, at, { attempts, ...reason, ...queryAtOf(after, at) })
    : noted(sms, { attempts });
  return { sms: next, attempt: after };
};

const changeOf = async (
  rt: Runtime,
  sms: Sms,
  { attemptId, reports }: Reported,
): Promise<Change | undefined> => {
  const attempt = sms.attempts.find(({ id }) => id === attemptId);
  const at = instant(rt.clock.nowMs());
  const after = attempt && afterReports(sms, attempt, reports, at);
  if (!after) return undefined;
  const change = smsChange(rt, sms, after.sms);
  const learned = { ...after.attempt, providerIds: newIds(attempt, after.attempt) };
  const stopped = reports.some(({ suppressed }) => suppressed);
  const stop: Write[] = stopped ? await suppressByProvider(rt, sms, after.attempt.providerId) : [];
  return {
    events: change.events,
    writes: [...change.writes, ...referencesOf(rt, sms, learned, at), ...stop],
  };
};

const newIds = (before: Attempt, after: Attempt): readonly string[] =>
  after.providerIds.filter((id) => !before.providerIds.includes(id));

/** Says once, per code and attempt, that a provider uses a word we do not know: it is kept, and nothing is guessed. */
const logUnexpected = (rt: Runtime, sms: Sms, { attemptId, reports }: Reported): void => {
  const known = sms.attempts.find(({ id }) => id === attemptId)?.unrecognised;
  for (const { state, code } of reports) {
    if (state === 'unrecognised' && code !== known)
      rt.log.warn('a status code nobody knows', { smsId: sms.id, code: code.slice(0, 40) });
  }
};

/**
 * Takes in what a provider says of a message: only forward, whatever the order, however often. What is known already
 * writes nothing. Gives whether anything was new.
 */
export const applyReports = (rt: Runtime, reported: Reported): Promise<boolean> =>
  untilCommitted(rt, async () => {
    const sms = await findSms(rt, reported.smsId);
    if (!sms) return false;
    logUnexpected(rt, sms, reported);
    const change = await changeOf(rt, sms, reported);
    if (!change) return false;
    await commit(rt, change);
    return true;
  });
