// @pure

import * as z from 'zod';
import type { NotificationState } from '../model.ts';

/**
 * What Amazon SES tells of an e-mail. Source: SES Developer Guide, "Contents of event data that Amazon SES publishes":
 * `eventType`, `mail.tags`, `bounce.bounceType` (`Undetermined`, `Permanent`, `Transient`), recipients. Of the rest we read
 * nothing.
 */
const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({ tags: z.record(z.string(), z.array(z.string())).optional() }),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
});

/** As EventBridge brings it: source `aws.ses`, the event itself under `detail`. */
export const sesNotice = z.object({ source: z.literal('aws.ses'), detail: sesEvent });
export type SesNotice = z.infer<typeof sesNotice>;

export interface Feedback {
  readonly notificationId: string;
  readonly state: Extract<NotificationState, 'delivered' | 'bounced' | 'complained' | 'failed'>;
  readonly reason?: string;
  /** No further e-mail goes to this address for a while. */
  readonly stop?: 'bounced' | 'complained';
}

type FeedbackResult = Omit<Feedback, 'notificationId'>;

/** `mailbox-full` from `MailboxFull`. */
const kebab = (words: string): string => words.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

const ofBounce = ({
  bounceType = 'Undetermined',
  bounceSubType,
}: Partial<NonNullable<SesNotice['detail']['bounce']>>): FeedbackResult => ({
  state: 'bounced',
  reason: ['bounced', kebab(bounceType), ...(bounceSubType ? [kebab(bounceSubType)] : [])].join('-'),
  // A full mailbox is empty tomorrow; an address that does not exist stays so for a while.
  ...(bounceType === 'Permanent' && { stop: 'bounced' as const }),
});

const meanings: Readonly<Record<string, (detail: SesNotice['detail']) => FeedbackResult>> = {
  Delivery: () => ({ state: 'delivered' }),
  Bounce: ({ bounce = {} }) => ofBounce(bounce),
  Complaint: () => ({ state: 'complained', reason: 'marked-as-spam', stop: 'complained' }),
  Reject: () => ({ state: 'failed', reason: 'rejected-by-mail-service' }),
  'Rendering Failure': () => ({ state: 'failed', reason: 'rejected-by-mail-service' }),
};

/** What it means for our notification; undefined when it is about none of ours, or says nothing that counts. */
export const feedbackOf = ({ detail }: SesNotice, tag: string): Feedback | undefined => {
  const notificationId = detail.mail.tags?.[tag]?.[0];
  const meaning = meanings[detail.eventType];
  return notificationId === undefined || !meaning ? undefined : { notificationId, ...meaning(detail) };
};
