import { defineModule } from '../platform/define-module.ts';
import { connectionBeat, connectionLost } from '../platform/socket/events.ts';

export const definition = defineModule({
  name: 'live',
  table: 'live',
  alsoPublishes: [connectionBeat, connectionLost],
});
