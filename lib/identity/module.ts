import { actedAlone, proposed } from '../platform/approvals/events.ts';
import { rightsLost, sessionEnded } from '../platform/auth/rights-lost.ts';
import { defineModule } from '../platform/define-module.ts';
import { codeRequested } from '../sms/events.ts';
import { signInSettings } from './settings/catalogue.ts';

export const definition = defineModule({
  name: 'identity',
  table: 'identity',
  keepsAccess: true,
  settings: [signInSettings],
  alsoPublishes: [codeRequested, rightsLost, sessionEnded, proposed, actedAlone],
});
