import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { smsNamedEvent } from '../../lib/sms/events.ts';
import { handOff } from '../../lib/sms/sending/hand-off.ts';

/** Hands messages to providers: codes, transactional and bulk messages come by a queue each. */
export const handler = onQueue({ body: smsNamedEvent }, async ({ rt, message }) => {
  const { smsId } = message.data;
  rt.log.debug('hand-off', { smsId, outcome: await handOff(rt, smsId) });
});
