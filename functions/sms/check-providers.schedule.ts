import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { checkProviders } from '../../lib/sms/sending/check-providers.ts';

export const handler = onSchedule(({ rt }) => checkProviders(rt));
