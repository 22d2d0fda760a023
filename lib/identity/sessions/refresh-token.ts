import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '../../platform/runtime.ts';

/**
 * `rdr_<uuid of the session>_<generation>_<mac>`. The MAC makes it unforgeable and the number makes it new: nothing of it
 * has to be stored, so nothing of it can be stolen from the table.
 */
const SHAPE = /^rdr_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([1-9]\d{0,8})_([A-Za-z0-9_-]{43})$/;
const ID_PREFIX = 'ses_';

const macOf = async (rt: Runtime, uuid: string, generation: number): Promise<Buffer> =>
  createHmac('sha256', await rt.secret('refresh-token'))
    .update(`${uuid}|${generation}`)
    .digest();

export const refreshToken = async (
  rt: Runtime,
  session: { readonly id: string; readonly generation: number },
): Promise<string> => {
  const uuid = session.id.slice(ID_PREFIX.length);
  const mac = await macOf(rt, uuid, session.generation);
  return `rdr_${uuid}_${session.generation}_${mac.toString('base64url')}`;
};

export interface RefreshClaim {
  readonly sessionId: string;
  readonly generation: number;
}

/** What a token claims, if it is one of ours; undefined for anything else. */
export const readRefreshToken = async (rt: Runtime, token: string): Promise<RefreshClaim | undefined> => {
  const [, uuid, number, mac] = SHAPE.exec(token) ?? [];
  if (uuid === undefined || number === undefined || mac === undefined) return undefined;
  const generation = Number(number);
  const given = Buffer.from(mac, 'base64url');
  const genuine = await macOf(rt, uuid, generation);
  return given.length === genuine.length && timingSafeEqual(given, genuine)
    ? { sessionId: `${ID_PREFIX}${uuid}`, generation }
    : undefined;
};
