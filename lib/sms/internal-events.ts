import * as z from 'zod';
import { defineEvent } from '../platform/events/define-event.ts';
import type { EventDraft } from '../platform/events/event.ts';
import { dueMessage } from '../platform/timers/due-message.ts';
import { REPORT_STATES } from './core/provider-model.ts';
import type { Sms } from './model.ts';
import { heldTimer, statusQueryTimer } from './timer-schemas.ts';

/** Names a message and nothing else: the consumer reads it anew. */
const smsNamed = () => z.object({ smsId: z.string() });

/** A message with a sign-in code is ready for hand-off. */
export const codeQueued = defineEvent('sms.queued.otp', smsNamed);
/** A transactional message is ready for hand-off. */
export const transactionalQueued = defineEvent('sms.queued.transactional', smsNamed);
/** A debt or marketing message is ready for hand-off. */
export const bulkQueued = defineEvent('sms.queued.bulk', smsNamed);

const QUEUED = {
  otp: codeQueued,
  transactional: transactionalQueued,
  debt: bulkQueued,
  marketing: bulkQueued,
};

/** Ready for hand-off: codes, transactional and bulk messages each have a queue (R-SMS-09). */
export const handOffEvent = (sms: Pick<Sms, 'id' | 'category'>, deliverAt?: string): EventDraft =>
  QUEUED[sms.category].draft({ smsId: sms.id }, { deliverAt });

export const isHandOff = (draft: EventDraft): boolean =>
  Object.values(QUEUED).some((definition) => definition.is(draft));

/** The moment of a deferred message has come: evaluate it anew, or let it expire. */
export const smsDue = defineEvent('sms.due', () => dueMessage(heldTimer()));

/** The question to the provider about a message handed over is due. */
export const statusQueryDue = defineEvent('sms.status-query-due', () => dueMessage(statusQueryTimer()));

/** A report whose message is not known yet: the provider was faster than the note of its answer. */
export const unmatchedReport = defineEvent('sms.report.unmatched', () =>
  z.object({
    providerId: z.string(),
    report: z.object({
      ref: z.string(),
      state: z.enum(REPORT_STATES),
      code: z.string(),
      errorCode: z.string().optional(),
      why: z.string().optional(),
      at: z.string().optional(),
      suppressed: z.boolean().optional(),
    }),
    /** How often matching has been tried. */
    tries: z.int().min(0),
  }),
);
