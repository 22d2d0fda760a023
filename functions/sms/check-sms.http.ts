import { onHttp } from '../../lib/platform/http/on-http.ts';
import { checkSms } from '../../lib/sms/acceptance/accept-sms.ts';
import { mustMaySend } from '../../lib/sms/acceptance/may-send.ts';
import { keyProblems, smsBody, smsProblems } from '../../lib/sms/acceptance/sms-body.ts';
import { checkView } from '../../lib/sms/acceptance/sms-view.ts';

export const checkSmsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms/check',
    summary: 'Evaluate an SMS without sending it',
    description: 'Same evaluation, encoding, parts and price as sending. Nothing is stored or counted.',
    tag: 'sms',
    access: ['manager', 'sms:send', 'sms:read'],
    body: smsBody,
    answers: { 200: checkView },
    problems: { ...smsProblems, ...keyProblems },
  },
  async ({ rt, caller, body }) => {
    mustMaySend(caller, body);
    return { status: 200, body: await checkSms(rt, body, caller) };
  },
);
