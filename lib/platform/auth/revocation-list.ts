import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Clock, epochMs, type Instant, instant } from '../clock.ts';
import { type Environment, tableName } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { lazily, type ReadBy, storedInstant } from '../storage/stored-schema.ts';

/**
 * Who lost access before their access token ends: a short list in one partition of the table `access`, which each process
 * reads again every twenty seconds while it has requests. So a lock bites everywhere within a minute, and no request waits
 * for the store on its account (docs/adr/019-revocations.md).
 */

export const REVOCATIONS = 'REVOCATIONS';
/** A list so old is read again before it is used. */
export const REREAD_EVERY_MS = 20_000;
/** While the store is away, a list is used until it is so old; after that nobody gets in (503). */
export const USABLE_FOR_MS = 45_000;
/** Writers' clocks may be wrong, and a commit takes time: what was written so long before the last read is read once more. */
const OVERLAP_SEC = 60;
/** A token lives a day at most, whoever issued it (verify-token.ts). */
export const MAX_TOKEN_LIFE_SEC = 24 * 3600;
/** Sessions are ours, and our access tokens live for ten minutes. */
const SESSION_TOKEN_LIFE_SEC = 600;
const PAGE = 1000;
const MAX_PAGES = 100;

export type RevocationKind = 'USER' | 'SESSION';
export const KEPT_SEC: Readonly<Record<RevocationKind, number>> = {
  USER: MAX_TOKEN_LIFE_SEC + OVERLAP_SEC,
  SESSION: SESSION_TOKEN_LIFE_SEC + OVERLAP_SEC,
};

/** Of the runtime, which makes this list and so cannot be imported here. */
interface World {
  readonly dynamo: DynamoDBDocumentClient;
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Log;
}

/** What an access token says of itself. */
export interface TokenClaims {
  readonly userId: string;
  readonly issuedAtSec: number;
  /** Only ours name these two. */
  readonly sessionId?: string | undefined;
  readonly accountVersion?: number | undefined;
}

interface UserRevocation {
  readonly at: Instant;
  readonly version: number;
}

/** By version where the token has one, since a token may be issued in the second of a lock; else by time, to the second. */
const endsToken = ({ at, version }: UserRevocation, { accountVersion, issuedAtSec }: TokenClaims): boolean =>
  accountVersion === undefined ? issuedAtSec <= Math.floor(epochMs(at) / 1000) : accountVersion < version;

interface List {
  readonly users: ReadonlyMap<string, UserRevocation>;
  readonly sessions: ReadonlyMap<string, Instant>;
  readonly readAtMs: number;
}

/** A list that holds what nobody understands is no list: whoever is on it must not get in. */
const entries = lazily(() =>
  z.array(z.object({ id: z.string(), at: storedInstant(), version: z.int().optional() })),
);
type Entry = ReadBy<typeof entries>[number];

const readRange = async (rt: World, kind: RevocationKind, from: Instant): Promise<Entry[]> => {
  const found: Entry[] = [];
  let after: Record<string, unknown> | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = await rt.dynamo.send(
      new QueryCommand({
        TableName: tableName(rt.env, 'access'),
        KeyConditionExpression: 'pk = :list AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':list': REVOCATIONS, ':from': `${kind}#${from}`, ':to': `${kind}#~` },
        ConsistentRead: true,
        Limit: PAGE,
        ...(after && { ExclusiveStartKey: after }),
      }),
    );
    found.push(...entries().parse(read.Items ?? []));
    after = read.LastEvaluatedKey;
    if (!after) return found;
  }
  throw new Error(`more than ${MAX_PAGES * PAGE} revocations since ${from}`);
};

const since = (kind: RevocationKind, known: List | undefined, nowMs: number): Instant => {
  const oldest = nowMs - KEPT_SEC[kind] * 1000;
  return instant(known ? Math.max(known.readAtMs - OVERLAP_SEC * 1000, oldest) : oldest);
};

const readList = async (rt: World, known: List | undefined, nowMs: number): Promise<List> => {
  const [users, sessions] = await Promise.all([
    readRange(rt, 'USER', since('USER', known, nowMs)),
    readRange(rt, 'SESSION', since('SESSION', known, nowMs)),
  ]);
  const isKept = (kind: RevocationKind, at: Instant): boolean => at >= since(kind, undefined, nowMs);
  const list = {
    users: new Map([...(known?.users ?? [])].filter(([, { at }]) => isKept('USER', at))),
    sessions: new Map([...(known?.sessions ?? [])].filter(([, at]) => isKept('SESSION', at))),
    readAtMs: nowMs,
  };
  // In the order of time: of two revocations of one user the later one has the higher version.
  for (const { id, at, version = Number.POSITIVE_INFINITY } of users) list.users.set(id, { at, version });
  for (const { id, at } of sessions) list.sessions.set(id, at);
  return list;
};

const ageOf = (list: List | undefined, nowMs: number): number => {
  const age = list ? nowMs - list.readAtMs : Number.POSITIVE_INFINITY;
  return age < 0 ? Number.POSITIVE_INFINITY : age; // a clock that was set back
};

/**
 * Whether an access token was ended before its time, by a list that is at most twenty seconds old, or 45 while the store is
 * away. Made once per process. Throws AppError `revocations-unavailable` when there is no such list.
 */
export const createRevocations = (): ((rt: World, claims: TokenClaims) => Promise<boolean>) => {
  let known: List | undefined;
  let reading: Promise<List> | undefined;

  const readAgain = (rt: World, nowMs: number): Promise<List> => {
    const base = ageOf(known, nowMs) < KEPT_SEC.SESSION * 1000 ? known : undefined;
    reading ??= readList(rt, base, nowMs).finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const current = async (rt: World): Promise<List> => {
    const nowMs = rt.clock.nowMs();
    if (known && ageOf(known, nowMs) < REREAD_EVERY_MS) return known;
    try {
      known = await readAgain(rt, nowMs);
      return known;
    } catch (cause) {
      rt.log.metric('RevocationsNotRead', 1);
      if (known && ageOf(known, nowMs) < USABLE_FOR_MS) {
        rt.log.warn('revocations not read: the last list is used', { error: cause });
        return known;
      }
      const message = 'Whether the access token is still valid cannot be determined.';
      throw new AppError('unavailable', 'revocations-unavailable', message, { cause });
    }
  };

  return async (rt, claims) => {
    const { users, sessions } = await current(rt);
    const user = users.get(claims.userId);
    return (
      (user !== undefined && endsToken(user, claims)) ||
      (claims.sessionId !== undefined && sessions.has(claims.sessionId))
    );
  };
};
