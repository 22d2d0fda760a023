import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { type Idempotency, keyReused } from '../storage/idempotency.ts';
import type { AnyAnswer } from './declaration.ts';
import { findFirstAnswer } from './idempotency-repository.ts';

/** JSON with its keys in order: a client that builds its body anew for the repeat may order them otherwise. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, canonical(part)]));
};

/** What makes two requests the same one: method, path and JSON body. */
export const requestHash = (request: { method: string; path: string; body: unknown }): string =>
  createHash('sha256')
    .update(JSON.stringify([request.method, request.path, canonical(request.body) ?? null]))
    .digest('base64url');

/** Makes anew what the record of a first answer leaves out, from what it keeps. */
export type Renew = (kept: unknown) => Promise<object>;

const firstAnswer = async (
  rt: Runtime,
  idempotency: Idempotency,
  renew: Renew | undefined,
): Promise<AnyAnswer | undefined> => {
  const first = await findFirstAnswer(rt, idempotency);
  if (!first) return undefined;
  if (first.hash !== idempotency.hash) throw keyReused();
  return {
    status: first.status,
    body: renew ? Object.assign({}, first.body, await renew(first.body)) : first.body,
    ...(first.etag !== undefined && { etag: first.etag }),
    headers: { 'idempotent-replay': 'true' },
  };
};

/**
 * Answers a repeat with the first answer, its secrets made anew; else runs. Two requests with one key that run at the same time both get
 * the answer of the one whose commit won.
 */
export const oncePerKey = async (
  rt: Runtime,
  idempotency: Idempotency,
  { run, renew }: { run: () => Promise<AnyAnswer>; renew?: Renew | undefined },
): Promise<AnyAnswer> => {
  const before = await firstAnswer(rt, idempotency, renew);
  if (before) return before;
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'idempotency-race')) throw error;
    const winner = await firstAnswer(rt, idempotency, renew);
    if (winner) return winner;
    throw new AppError('unavailable', 'unavailable', 'The first answer is not there yet. Try again.', {
      cause: error,
    });
  }
};
