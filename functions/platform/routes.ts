import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { declaredAddresses } from '../../lib/platform/openapi/declared-addresses.ts';
import { publishedText } from '../../lib/platform/openapi/published-document.ts';
import { getDocsRoute } from './get-docs.http.ts';
import { getOpenapiRoute } from './get-openapi.http.ts';
import { getRateLimitsRoute, listRateLimitsHistoryRoute, patchRateLimitsRoute } from './rate-limits.http.ts';

export const endpoints = [
  getOpenapiRoute,
  getDocsRoute,
  getRateLimitsRoute,
  patchRateLimitsRoute,
  listRateLimitsHistoryRoute,
];

/** Also the gateway's `$default`: a path that no module has, or not with that method, is a problem like any other. */
export const handler = httpHandler(endpoints, () => declaredAddresses(publishedText()));
