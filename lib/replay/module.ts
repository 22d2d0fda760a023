import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({
  name: 'replay',
  table: 'replay',
});
