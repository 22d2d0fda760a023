import { onEvents } from '../../lib/platform/queue/on-events.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { bulkQueued, codeQueued, transactionalQueued } from '../../lib/sms/internal-events.ts';
import { handOff } from '../../lib/sms/sending/hand-off.ts';

const send = async (rt: Runtime, { data: { smsId } }: { data: { smsId: string } }): Promise<void> => {
  rt.log.debug('hand-off', { smsId, outcome: await handOff(rt, smsId) });
};

/** Hands messages to providers: codes, transactional and bulk messages come by a queue each. */
export const handler = onEvents(
  { queue: 'sms-otp', on: [codeQueued.to(send)] },
  { queue: 'sms-transactional', on: [transactionalQueued.to(send)] },
  { queue: 'sms-bulk', on: [bulkQueued.to(send)] },
);
