import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({
  name: 'audit',
  table: 'audit',
});
