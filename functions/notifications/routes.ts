import type { Endpoint } from '../../lib/platform/http/on-http.ts';
import { httpHandler } from '../../lib/platform/http/on-http.ts';

/** Every HTTP use case of notifications. */
export const endpoints: Endpoint[] = [];

export const handler = httpHandler(endpoints);
