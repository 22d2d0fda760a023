import { createHash, timingSafeEqual } from 'node:crypto';
import type { Environment } from '../config.ts';
import { AppError } from '../errors.ts';
import { type HttpEvent, header } from './request.ts';

/** CloudFront adds `198.51.100.10:46532`; an IPv6 address comes without brackets. */
const WITH_PORT = /^\[?([0-9a-f.:]+?)\]?:\d{1,5}$/i;
const ALONE = /^([0-9a-f.:]+)$/i;

/**
 * Which header says where the viewer is: the deployment knows, and only one counts, as a viewer may send the other. The console's
 * distribution sets its own by a function; operators of any other add CloudFront's.
 */
const viewerOf = (event: HttpEvent, { VIEWER_ADDRESS_HEADER }: Environment): string | undefined =>
  VIEWER_ADDRESS_HEADER
    ? ALONE.exec(header(event, VIEWER_ADDRESS_HEADER) ?? '')?.[1]
    : WITH_PORT.exec(header(event, 'cloudfront-viewer-address') ?? '')?.[1];

const isOurs = (secret: string, hashes: string): boolean => {
  const given = createHash('sha256').update(secret).digest();
  // Two may be valid while one replaces the other.
  return hashes.split(',').some((hash) => timingSafeEqual(given, Buffer.from(hash, 'hex')));
};

/**
 * The address a request comes from: the gateway's `sourceIp`; with ORIGIN_SECRET_SHA256 set, the viewer's as CloudFront tells
 * it, and only to whoever brings the origin's secret. Never `X-Forwarded-For`, which the caller writes.
 * Throws 403 `direct-access` for a request that did not come through CloudFront.
 * Source: Amazon CloudFront Developer Guide, "Add CloudFront request headers".
 */
export const callerAddress = (event: HttpEvent, env: Environment): string => {
  const hashes = env.ORIGIN_SECRET_SHA256;
  if (!hashes) return event.requestContext.http.sourceIp;
  const viewer = viewerOf(event, env);
  if (viewer !== undefined && isOurs(header(event, 'x-origin-secret') ?? '', hashes)) return viewer;
  throw new AppError('forbidden', 'direct-access', 'This API is reached at its public address alone.');
};
