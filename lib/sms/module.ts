import { actedAlone, proposed } from '../platform/approvals/events.ts';
import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({
  name: 'sms',
  table: 'sms',
  scopes: ['sms:send', 'sms:read'],
  alsoPublishes: [proposed, actedAlone],
});
