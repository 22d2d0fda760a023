import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { type Instant, instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { seal, unseal } from '../../platform/secrets/index.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { findKeyRing, type KeyRing, keyRingWrite, type StoredKey, sealedPlace } from './key-repository.ts';
import { decideRotation, isOverdue, keysThat, stateOf } from './key-rotation.ts';

const ALGORITHM = 'ES256';
const PURPOSE = 'signing-key';
/** A ring read so long ago is read again. Keys are published 30 minutes before they sign, so nothing is missed by it. */
const CACHE_MS = 60_000;

const newKey = async (rt: Runtime, signsFrom: Instant): Promise<StoredKey> => {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const { kty = '', crv = '', x = '', y = '' } = await exportJWK(pair.publicKey);
  const publicKey = { kty, crv, x, y };
  const kid = await calculateJwkThumbprint(publicKey);
  const plain = JSON.stringify(await exportJWK(pair.privateKey));
  const sealed = await seal(rt, PURPOSE, plain, sealedPlace(kid));
  return { kid, publicKey, sealed, createdAt: instant(rt.clock.nowMs()), signsFrom };
};

export interface Rotation {
  readonly ring: KeyRing;
  /** Undefined when nothing was to be done. */
  readonly added?: StoredKey;
}

/**
 * Adds a key unless one was added since that instant or waits for its turn, and forgets keys that are gone. `events` are
 * committed with it. Two at once add one.
 */
export const addKeySince = (
  rt: Runtime,
  since: Instant,
  events: (added: StoredKey) => EventDraft[],
): Promise<Rotation> =>
  untilCommitted(rt, async () => {
    const ring = await findKeyRing(rt);
    const now = instant(rt.clock.nowMs());
    const decision = decideRotation(ring.keys, { since, now });
    if (decision.kind === 'unchanged') return { ring };
    const added = await newKey(rt, decision.signsFrom);
    const keys = [...ring.keys.filter((key) => stateOf(ring.keys, key, now) !== 'gone'), added];
    await commit(rt, { writes: [keyRingWrite(rt, ring, keys)], events: events(added) });
    return { ring: { keys, version: ring.version + 1 }, added };
  });

interface Cached {
  readonly ring: KeyRing;
  readonly readAtMs: number;
  readonly opened: Map<string, CryptoKey>;
}

/** By the store's client, which lives as long as the process does (a Runtime is made anew for each invocation). */
const cache = new WeakMap<Runtime['dynamo'], Cached>();

const EVER: Instant = instant(0);

/** The ring, at most a minute old. The first use ever makes the first key. */
const keyRing = async (rt: Runtime): Promise<Cached> => {
  const known = cache.get(rt.dynamo);
  const nowMs = rt.clock.nowMs();
  if (known && nowMs - known.readAtMs < CACHE_MS) return known;
  const found = await findKeyRing(rt);
  const ring = found.keys.length > 0 ? found : (await addKeySince(rt, EVER, () => [])).ring;
  // CloudWatch cannot miss a schedule that comes once a month: whoever needs its work does.
  if (isOverdue(ring.keys, instant(nowMs))) count(rt, 'SigningKeyOverdue');
  const fresh: Cached = { ring, readAtMs: nowMs, opened: known?.opened ?? new Map() };
  cache.set(rt.dynamo, fresh);
  return fresh;
};

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: typeof ALGORITHM;
  readonly key: CryptoKey;
}

/** The key that signs now. */
export const signingKey = async (rt: Runtime): Promise<SigningKey> => {
  const { ring, opened } = await keyRing(rt);
  // The first key signs at once. By a clock behind the one that made it, it would not yet: it is the only one all the same.
  const [stored = ring.keys[0]] = keysThat(ring.keys, 'signs', instant(rt.clock.nowMs()));
  if (!stored) throw new Error('no signing key is current');
  const { kid, sealed } = stored;
  let key = opened.get(kid);
  if (!key) {
    const jwk = JSON.parse(await unseal(rt, PURPOSE, sealed, sealedPlace(kid))) as JWK;
    key = (await importJWK(jwk, ALGORITHM)) as CryptoKey;
    opened.set(kid, key);
  }
  return { kid, algorithm: ALGORITHM, key };
};

export interface PublishedKey {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly alg: string;
  readonly use: string;
}

/** Public parts of the keys that sign, will sign soon, or signed lately. Source: RFC 7517. */
export const publishedKeys = async (rt: Runtime): Promise<PublishedKey[]> => {
  const { ring } = await keyRing(rt);
  return keysThat(ring.keys, 'published', instant(rt.clock.nowMs())).map(({ kid, publicKey }) => ({
    kid,
    ...publicKey,
    alg: ALGORITHM,
    use: 'sig',
  }));
};
