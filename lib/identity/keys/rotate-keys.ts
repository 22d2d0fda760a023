import { auditEvent, SYSTEM_ACTOR } from '../../platform/audit.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { addKeySince } from './signing-keys.ts';

/**
 * The rotation due at `time`: adds the next signing key, published at once and signing half an hour later. A re-run
 * with the same time adds nothing. Nobody is signed out: the old key stays published for a day (R-AUTH-02).
 */
export const rotateKeys = async (
  rt: Runtime,
  time: Instant,
): Promise<{ kid: string; signsFrom: Instant } | undefined> => {
  const { added } = await addKeySince(rt, time, ({ kid, signsFrom }) => [
    auditEvent(rt, {
      actor: SYSTEM_ACTOR,
      action: 'signing-key.added',
      subject: `signing-key/${kid}`,
      details: { signsFrom },
    }),
  ]);
  return added && { kid: added.kid, signsFrom: added.signsFrom };
};
