import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({ name: 'live', table: 'live' });
