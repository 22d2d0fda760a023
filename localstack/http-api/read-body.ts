import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Lambda takes in one call is 6 MB; its gateways refuse what is larger. */
export const MOST_BODY_BYTES = 6 * 1024 * 1024;
const DRAIN_WITHIN_MS = 2_000;

export class BodyTooLarge extends Error {}

export const declaredBytes = ({ headers }: IncomingMessage): number => Number(headers['content-length'] ?? 0);

export const hasBody = (request: IncomingMessage): boolean =>
  declaredBytes(request) > 0 || request.headers['transfer-encoding'] !== undefined;

/** @throws BodyTooLarge as soon as it is known; what was received until then is forgotten. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (declaredBytes(request) > MOST_BODY_BYTES) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/**
 * Ends an answer that was written before the request was read. Closing at once would reset the connection, and the
 * client, still sending, would never see the answer.
 */
export async function endWhileSending(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const late = new AbortController();
  const received = once(request, 'close', { signal: late.signal }).catch(() => {});
  await Promise.race([received, sleep(DRAIN_WITHIN_MS, undefined, { ref: false })]);
  late.abort();
  response.end();
}
