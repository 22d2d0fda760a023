import { onHttp } from '../../lib/platform/http/on-http.ts';
import { acceptSms } from '../../lib/sms/acceptance/accept-sms.ts';
import { mustMaySend } from '../../lib/sms/acceptance/may-send.ts';
import { budgetProblems, keyProblems, smsBody, smsProblems } from '../../lib/sms/acceptance/sms-body.ts';
import { acceptedView, toAcceptedView } from '../../lib/sms/acceptance/sms-view.ts';

export const postSmsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms',
    summary: 'Send an SMS',
    description:
      'Evaluated by every rule at once: queued, deferred to the next permitted moment, or denied; the trace says why. A repeat with the same key gets the first answer. Category `otp` is refused: only sign-in sends codes.',
    tag: 'sms',
    access: ['manager', 'sms:send'],
    body: smsBody,
    idempotent: 'own',
    location: '/v1/sms/{smsId}',
    answers: { 201: acceptedView },
    problems: { ...smsProblems, ...keyProblems, ...budgetProblems, busy: 'unavailable' },
    example: {
      body: {
        entityId: 'own',
        category: 'transactional',
        phone: '+79161234567',
        text: 'The order is ready.',
      },
    },
  },
  async ({ rt, caller, idempotency, body }) => {
    mustMaySend(caller, body);
    const { key, hash: requestHash } = idempotency;
    const sms = await acceptSms(rt, body, {
      requestedBy: caller.id,
      key,
      requestHash,
      binding: caller.binding,
    });
    return { status: 201, body: toAcceptedView(sms) };
  },
);
