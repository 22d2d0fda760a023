import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventData } from '../../platform/events/define-event.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { RawRequest } from '../../platform/http/declaration.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { takeInboundMessage } from '../inbound/take-inbound.ts';
import { reportUnplaced } from '../internal-events.ts';
import { smsIdSchema } from '../model.ts';
import type { Provider, StatusReport } from '../providers/model.ts';
import { boundedReport } from '../providers/outside-rules.ts';
import type { CallbackAnswer, RawCallback } from '../providers/port.ts';
import { doorSecret, doorUrl } from '../providers/provider-view.ts';
import { findProvider } from '../providers/repository/providers.ts';
import { sameText } from '../providers/signatures.ts';
import { findReferences } from '../repository/references.ts';
import { applyReports } from './apply-reports.ts';
import { connect } from './known-providers.ts';

export interface Knock {
  readonly providerId: string;
  readonly pathSecret: string;
  readonly raw: RawRequest;
}

type Door = 'sms-callbacks' | 'sms-inbound';

const refused = (): AppError =>
  new AppError('forbidden', 'callback-refused', 'This is not from the provider.');

const unreadable = (why: string): AppError =>
  new AppError('invalid', 'callback-unreadable', `The request cannot be read: ${why}.`);

/** One word for a provider that is not there and a secret that is wrong: neither tells of the other. */
const enter = async (
  rt: Runtime,
  door: Door,
  knock: Knock,
): Promise<{ provider: Provider; raw: RawCallback }> => {
  const known = await doorSecret(rt, door, knock.providerId);
  const provider = sameText(knock.pathSecret, known) ? await findProvider(rt, knock.providerId) : undefined;
  if (!provider) throw refused();
  const { contentType, query, bytes } = knock.raw;
  // The address as it was published, never as the request names it: a proxy in between may have rewritten that.
  const url = `${await doorUrl(rt, door, provider.id)}${query && `?${query}`}`;
  return { provider, raw: { url, contentType, body: bytes, header: (name) => knock.raw.header(name) } };
};

type Unplaced = EventData<typeof reportUnplaced>;

/** Seconds between looks; after the last one it is nobody's, and a question finds out what it said. */
const LOOKS_SEC: readonly number[] = [2, 10, 60, 600];

const unplacedEvent = (rt: Runtime, unplaced: Unplaced): EventDraft | undefined => {
  const delaySec = LOOKS_SEC[unplaced.tries];
  if (delaySec === undefined) return undefined;
  const deliverAt = instant(rt.clock.nowMs() + delaySec * 1000);
  return reportUnplaced.draft(unplaced, { deliverAt });
};

/** Kept for a later look, by a queue. Throws when the queue does not take it: then the provider must send it again. */
const keep = async (rt: Runtime, unplaced: readonly Unplaced[]): Promise<void> => {
  const events = unplaced.flatMap((each) => {
    const draft = unplacedEvent(rt, each);
    if (!draft) rt.log.warn('a report for nobody', { providerId: each.providerId, state: each.report.state });
    return draft ?? [];
  });
  await sendReminders(rt, events);
};

interface Place {
  readonly smsId: string;
  readonly attemptId: string;
}

const placedBy = (url: string): Place | undefined => {
  const { searchParams } = new URL(url);
  const smsId = smsIdSchema.safeParse(searchParams.get('sms'));
  const attemptId = searchParams.get('attempt');
  return smsId.success && attemptId ? { smsId: smsId.data, attemptId } : undefined;
};

/** Each report to its message: by the provider's id, or by what our own address says. */
const place = async (
  rt: Runtime,
  {
    providerId,
    reports,
    named,
    tries,
  }: {
    providerId: string;
    reports: readonly StatusReport[];
    named: Place | undefined;
    tries: number;
  },
): Promise<void> => {
  const references = await findReferences(
    rt,
    providerId,
    reports.map(({ ref }) => ref),
  );
  const lost: StatusReport[] = [];
  const found = new Map<string, { place: Place; reports: StatusReport[] }>();
  for (const report of reports) {
    const at = references.find(({ theirId }) => theirId === report.ref) ?? named;
    if (!at) lost.push(report);
    else {
      const known = found.get(at.attemptId) ?? { place: at, reports: [] };
      known.reports.push(report);
      found.set(at.attemptId, known);
    }
  }
  await Promise.all(
    [...found.values()].map((each) =>
      applyReports(rt, {
        smsId: each.place.smsId,
        attemptId: each.place.attemptId,
        reports: each.reports,
      }),
    ),
  );
  await keep(
    rt,
    lost.map((report) => ({ providerId, report, tries })),
  );
};

/** Looks once more for the message of a report. */
export const placeAgain = (rt: Runtime, { providerId, report, tries }: Unplaced): Promise<void> =>
  place(rt, { providerId, reports: [report], named: undefined, tries: tries + 1 });

/**
 * A provider's report. Throws `callback-refused` (403) on a wrong address or signature, `callback-unreadable` (400). A repeat changes
 * nothing and gets the same answer.
 */
export const takeCallback = async (rt: Runtime, knock: Knock): Promise<CallbackAnswer> => {
  const { provider, raw } = await enter(rt, 'sms-callbacks', knock);
  const { adapter, ctx } = await connect(rt, provider);
  const outcome = adapter.readCallback(ctx, raw);
  if (outcome.kind === 'bad-signature') throw refused();
  if (outcome.kind === 'unreadable') throw unreadable(outcome.why);
  // SMSC's address is the account's and its query anybody's; only a signature makes it ours.
  const named = provider.kind === 'twilio' ? placedBy(raw.url) : undefined;
  const reports = outcome.reports.flatMap((report) => boundedReport(report) ?? []);
  await place(rt, { providerId: provider.id, reports, named, tries: 0 });
  return outcome.answer;
};

/** A message from a phone: kept, and heard if it asks to stop or to start again (R-SMS-10). Throws as `takeCallback` does. */
export const takeInbound = async (rt: Runtime, knock: Knock): Promise<CallbackAnswer> => {
  const { provider, raw } = await enter(rt, 'sms-inbound', knock);
  const { adapter, ctx } = await connect(rt, provider);
  const outcome = adapter.readInbound?.(ctx, raw) ?? { kind: 'unreadable', why: 'this provider sends none' };
  if (outcome.kind === 'bad-signature') throw refused();
  if (outcome.kind === 'unreadable') throw unreadable(outcome.why);
  await takeInboundMessage(rt, provider.id, outcome);
  return outcome.answer;
};
