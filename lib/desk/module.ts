import { defineModule } from '../platform/define-module.ts';
import { limitSettings } from './catalogue.ts';

export const definition = defineModule({
  name: 'desk',
  table: 'desk',
  settings: [limitSettings],
});
