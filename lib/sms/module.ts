import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({
  name: 'sms',
  table: 'sms',
  scopes: ['sms:send', 'sms:read', 'sms:webhooks'],
});
