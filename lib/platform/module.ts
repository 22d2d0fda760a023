import { defineModule } from './define-module.ts';
import { rateSettings } from './rate-limits/rates.ts';

export const definition = defineModule({
  name: 'platform',
  table: 'platform',
  settings: [rateSettings],
});
