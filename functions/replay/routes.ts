import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getReplayRoute } from './get-replay.http.ts';
import { postReplayRoute } from './post-replay.http.ts';

export const endpoints = [getReplayRoute, postReplayRoute];

export const handler = httpHandler(endpoints);
