import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { forceOffline } from './force-offline.http.ts';
import { getDesk } from './get-desk.http.ts';
import { getExecutor } from './get-executor.http.ts';
import { getLimits } from './get-limits.http.ts';
import { getMe } from './get-me.http.ts';
import { listDesks } from './list-desks.http.ts';
import { listExecutors } from './list-executors.http.ts';
import { listLimitsHistory } from './list-limits-history.http.ts';
import { patchDesk } from './patch-desk.http.ts';
import { postDesk } from './post-desk.http.ts';
import { postHeartbeat } from './post-heartbeat.http.ts';
import { postMessage } from './post-message.http.ts';
import { putExecutor } from './put-executor.http.ts';
import { putLimits } from './put-limits.http.ts';
import { putPresence } from './put-presence.http.ts';

/** Every HTTP use case of the desk. */
export const endpoints = [
  forceOffline,
  getDesk,
  getExecutor,
  getLimits,
  getMe,
  listDesks,
  listExecutors,
  listLimitsHistory,
  patchDesk,
  postDesk,
  postHeartbeat,
  postMessage,
  putExecutor,
  putLimits,
  putPresence,
];

export const handler = httpHandler(endpoints);
