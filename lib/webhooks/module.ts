import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({
  name: 'webhooks',
  table: 'webhooks',
  scopes: ['sms:webhooks'],
});
