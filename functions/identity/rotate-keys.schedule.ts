import { rotateKeys } from '../../lib/identity/keys/rotate-keys.ts';
import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';

export const handler = onSchedule(async ({ rt, time }) => {
  const added = await rotateKeys(rt, time);
  if (added) rt.log.info('signing key added', added);
});
