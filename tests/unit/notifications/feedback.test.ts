import { type Feedback, feedbackOf, sesNotice } from '../../../lib/notifications/feedback/feedback.ts';

type Detail = Record<string, unknown>;

const told = (detail: Detail, tags: Detail | undefined = { notification: ['ntf_1'] }): Feedback | undefined =>
  feedbackOf(sesNotice.parse({ source: 'aws.ses', detail: { mail: { tags }, ...detail } }), 'notification');

const bounce = (bounceType?: string, bounceSubType?: string): Detail => ({
  eventType: 'Bounce',
  ...(bounceType && { bounce: { bounceType, bounceSubType } }),
});

/** Event types and bounce types as the SES Developer Guide lists them. */
test.each([
  [{ eventType: 'Delivery' }, { state: 'delivered' }],
  [
    bounce('Permanent', 'General'),
    { state: 'bounced', reason: 'bounced-permanent-general', stop: 'bounced' },
  ],
  [
    bounce('Permanent', 'NoEmail'),
    { state: 'bounced', reason: 'bounced-permanent-no-email', stop: 'bounced' },
  ],
  [bounce('Permanent'), { state: 'bounced', reason: 'bounced-permanent', stop: 'bounced' }],
  [bounce('Transient', 'MailboxFull'), { state: 'bounced', reason: 'bounced-transient-mailbox-full' }],
  [bounce('Undetermined', 'Undetermined'), { state: 'bounced', reason: 'bounced-undetermined-undetermined' }],
  [bounce(), { state: 'bounced', reason: 'bounced-undetermined' }],
  [{ eventType: 'Complaint' }, { state: 'complained', reason: 'marked-as-spam', stop: 'complained' }],
  [{ eventType: 'Reject' }, { state: 'failed', reason: 'rejected-by-mail-service' }],
  [{ eventType: 'Rendering Failure' }, { state: 'failed', reason: 'rejected-by-mail-service' }],
] as const)('R-NOT-01 SES: %j', (detail, expected) => {
  expect(told(detail)).toEqual({ notificationId: 'ntf_1', ...expected });
});

test.each(['Send', 'Open', 'Click', 'DeliveryDelay', 'Subscription', 'Something new'])(
  'R-NOT-01 SES: %s changes nothing',
  (eventType) => {
    expect(told({ eventType })).toBeUndefined();
  },
);

test('R-NOT-01 SES: what names no notification is none of ours', () => {
  expect(told({ eventType: 'Delivery' }, {})).toBeUndefined();
  expect(told({ eventType: 'Delivery' }, { notification: [] })).toBeUndefined();
  const untagged = sesNotice.parse({ source: 'aws.ses', detail: { eventType: 'Delivery', mail: {} } });
  expect(feedbackOf(untagged, 'notification')).toBeUndefined();
  expect(
    sesNotice.safeParse({ source: 'somebody', detail: { eventType: 'Delivery', mail: {} } }).success,
  ).toBe(false);
});
