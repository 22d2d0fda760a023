import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepOutbox } from '../../lib/platform/storage/outbox.ts';

const AGE_MS = 10_000;

export const handler = onSchedule(async ({ rt }) => {
  const { sent, failed } = await sweepOutbox(rt, AGE_MS);
  if (sent + failed > 0) rt.log.warn('outbox swept', { sent, failed });
});
