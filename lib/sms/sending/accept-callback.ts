import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventData } from '../../platform/events/define-event.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { RawRequest } from '../../platform/http/declaration.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Provider, StatusReport } from '../core/provider-model.ts';
import { takeInboundMessage } from '../inbound/accept-inbound.ts';
import { unmatchedReport } from '../internal-events.ts';
import { smsIdSchema } from '../model.ts';
import type { CallbackAnswer, RawCallback } from '../providers/port.ts';
import { findProvider } from '../providers/provider-repository.ts';
import { boundedReport } from '../providers/provider-values.ts';
import { callbackSecret, callbackUrl } from '../providers/provider-view.ts';
import { sameText } from '../providers/signatures.ts';
import { applyReports } from './apply-reports.ts';
import { connect } from './known-providers.ts';
import { findReferences } from './reference-repository.ts';

export interface CallbackRequest {
  readonly providerId: string;
  readonly pathSecret: string;
  readonly raw: RawRequest;
}

type CallbackEndpoint = 'sms-callbacks' | 'sms-inbound';

const refused = (): AppError =>
  new AppError('forbidden', 'callback-refused', 'This is not from the provider.');

const unreadable = (why: string): AppError =>
  new AppError('invalid', 'callback-unreadable', `The request cannot be read: ${why}.`);

/** An unknown provider and a wrong secret get the same error, so that neither can be probed. */
const authenticateCallback = async (
  rt: Runtime,
  endpoint: CallbackEndpoint,
  request: CallbackRequest,
): Promise<{ provider: Provider; raw: RawCallback }> => {
  const secret = await callbackSecret(rt, endpoint, request.providerId);
  const provider = sameText(request.pathSecret, secret)
    ? await findProvider(rt, request.providerId)
    : undefined;
  if (!provider) throw refused();
  const { contentType, query, bytes } = request.raw;
  // The address as it was published, never as the request names it: a proxy in between may have rewritten that.
  const url = `${await callbackUrl(rt, endpoint, provider.id)}${query && `?${query}`}`;
  return { provider, raw: { url, contentType, body: bytes, header: (name) => request.raw.header(name) } };
};

type UnmatchedReport = EventData<typeof unmatchedReport>;

/** Seconds before each retry. After the last one the report is dropped; status polling recovers it. */
const MATCH_RETRY_DELAYS_SEC: readonly number[] = [2, 10, 60, 600];

const matchRetryEvent = (rt: Runtime, unmatched: UnmatchedReport): EventDraft | undefined => {
  const delaySec = MATCH_RETRY_DELAYS_SEC[unmatched.tries];
  if (delaySec === undefined) return undefined;
  const deliverAt = instant(rt.clock.nowMs() + delaySec * 1000);
  return unmatchedReport.draft(unmatched, { deliverAt });
};

/** Queues unmatched reports for a retry. Throws when the queue does not take them: then the provider must send them again. */
const retryLater = async (rt: Runtime, unmatched: readonly UnmatchedReport[]): Promise<void> => {
  const events = unmatched.flatMap((each) => {
    const draft = matchRetryEvent(rt, each);
    if (!draft)
      rt.log.warn('unmatched report dropped', { providerId: each.providerId, state: each.report.state });
    return draft ?? [];
  });
  await sendReminders(rt, events);
};

interface AttemptRef {
  readonly smsId: string;
  readonly attemptId: string;
}

const namedAttempt = (url: string): AttemptRef | undefined => {
  const { searchParams } = new URL(url);
  const smsId = smsIdSchema.safeParse(searchParams.get('sms'));
  const attemptId = searchParams.get('attempt');
  return smsId.success && attemptId ? { smsId: smsId.data, attemptId } : undefined;
};

/** Applies each report to its attempt: matched by the id of the provider, or by the query of our own callback URL. */
const matchReports = async (
  rt: Runtime,
  {
    providerId,
    reports,
    named,
    tries,
  }: {
    providerId: string;
    reports: readonly StatusReport[];
    named: AttemptRef | undefined;
    tries: number;
  },
): Promise<void> => {
  const references = await findReferences(
    rt,
    providerId,
    reports.map(({ ref }) => ref),
  );
  const unmatched: StatusReport[] = [];
  const found = new Map<string, { attempt: AttemptRef; reports: StatusReport[] }>();
  for (const report of reports) {
    const at = references.find(({ theirId }) => theirId === report.ref) ?? named;
    if (!at) unmatched.push(report);
    else {
      const known = found.get(at.attemptId) ?? { attempt: at, reports: [] };
      known.reports.push(report);
      found.set(at.attemptId, known);
    }
  }
  await Promise.all(
    [...found.values()].map((each) =>
      applyReports(rt, {
        smsId: each.attempt.smsId,
        attemptId: each.attempt.attemptId,
        reports: each.reports,
      }),
    ),
  );
  await retryLater(
    rt,
    unmatched.map((report) => ({ providerId, report, tries })),
  );
};

/** Tries once more to match a report with its SMS. */
export const matchAgain = (rt: Runtime, { providerId, report, tries }: UnmatchedReport): Promise<void> =>
  matchReports(rt, { providerId, reports: [report], named: undefined, tries: tries + 1 });

/**
 * A provider's report. Throws `callback-refused` (403) on a wrong address or signature, `callback-unreadable` (400). A repeat changes
 * nothing and gets the same answer.
 */
export const acceptCallback = async (rt: Runtime, request: CallbackRequest): Promise<CallbackAnswer> => {
  const { provider, raw } = await authenticateCallback(rt, 'sms-callbacks', request);
  const { adapter, ctx } = await connect(rt, provider);
  const outcome = adapter.readCallback(ctx, raw);
  if (outcome.kind === 'bad-signature') throw refused();
  if (outcome.kind === 'unreadable') throw unreadable(outcome.why);
  // The query of a callback URL is trusted only where the signature covers it, as that of Twilio does.
  const named = provider.kind === 'twilio' ? namedAttempt(raw.url) : undefined;
  const reports = outcome.reports.flatMap((report) => boundedReport(report) ?? []);
  await matchReports(rt, { providerId: provider.id, reports, named, tries: 0 });
  return outcome.answer;
};

/** An inbound SMS: stored, and evaluated if it requests a stop or a start (R-SMS-10). Throws as `acceptCallback` does. */
export const acceptInbound = async (rt: Runtime, request: CallbackRequest): Promise<CallbackAnswer> => {
  const { provider, raw } = await authenticateCallback(rt, 'sms-inbound', request);
  const { adapter, ctx } = await connect(rt, provider);
  const outcome = adapter.readInbound?.(ctx, raw) ?? { kind: 'unreadable', why: 'this provider sends none' };
  if (outcome.kind === 'bad-signature') throw refused();
  if (outcome.kind === 'unreadable') throw unreadable(outcome.why);
  await takeInboundMessage(rt, provider.id, outcome);
  return outcome.answer;
};
