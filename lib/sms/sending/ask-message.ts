import * as z from 'zod';
import { eventOf } from '../../platform/events/event.ts';
import { REPORT_STATES } from '../providers/model.ts';
import { smsTimers } from '../timers.ts';

const report = z.object({
  ref: z.string(),
  state: z.enum(REPORT_STATES),
  code: z.string(),
  errorCode: z.string().optional(),
  why: z.string().optional(),
  at: z.string().optional(),
  suppressed: z.boolean().optional(),
});

/** What stands in the queue of questions: a message to ask about, or a report whose message was not found yet. */
export const askOrPlace = eventOf(
  z.union([
    smsTimers.message('ask').shape.data,
    z.object({ providerId: z.string(), report, tries: z.int().min(0) }),
  ]),
);
