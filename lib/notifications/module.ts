import { defineModule } from '../platform/define-module.ts';
import { smsRequested } from '../sms/events.ts';

export const definition = defineModule({
  name: 'notifications',
  table: 'notifications',
  alsoPublishes: [smsRequested],
});
