import { epochSec, instant, plusSeconds } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { itemsOf } from '../storage/items.ts';
import type { Write } from '../storage/write.ts';
import { KEPT_SEC, REVOCATIONS, type RevocationKind } from './revocation-list.ts';

const items = itemsOf('access');

const revocation = (rt: Runtime, kind: RevocationKind, id: string, more: object = {}): Write => {
  const at = instant(rt.clock.nowMs());
  const expiresAtSec = epochSec(plusSeconds(at, KEPT_SEC[kind]));
  return items.put(rt, { pk: REVOCATIONS, sk: `${kind}#${at}#${id}`, id, at, ...more, expiresAtSec });
};

/** Ends access tokens of this user that carry an older version than `version`. For the commit that takes rights away. */
export const revokeUserWrite = (
  rt: Runtime,
  { id, version }: { readonly id: string; readonly version: number },
): Write => revocation(rt, 'USER', id, { version });

/** Ends the access tokens of a session. For the commit that ends it. */
export const revokeSessionWrite = (rt: Runtime, sessionId: string): Write =>
  revocation(rt, 'SESSION', sessionId);
