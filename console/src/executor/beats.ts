import type { QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { OwnPresence } from '../api/types.ts';
import { presenceQuery } from './queries.ts';

const LOCK = 'rotadesk-beat';
const FIRST_MS = 1000;
const AFTER_FAILURE_MS = 3000;

const wantsBeats = ({ presence }: OwnPresence): boolean => presence !== 'away' && presence !== 'offline';

/** Sends heartbeats from one of the user's tabs, as often as the desk wants them (R-DESK-07). @returns how to stop */
export const startBeats = (client: QueryClient): (() => void) => {
  const stopped = new AbortController();
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      stopped.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  const beat = async (): Promise<number> => {
    try {
      const known = client.getQueryData(presenceQuery.queryKey) ?? (await client.fetchQuery(presenceQuery));
      if (!wantsBeats(known)) return FIRST_MS;
      const answer = await bodyOf(api.POST('/v1/executors/me/heartbeat'));
      client.setQueryData(presenceQuery.queryKey, answer);
      return answer.nextBeatInSec * 1000;
    } catch {
      return AFTER_FAILURE_MS;
    }
  };
  const run = async (): Promise<void> => {
    await wait(FIRST_MS);
    while (!stopped.signal.aborted) await wait(await beat());
  };
  navigator.locks.request(LOCK, { signal: stopped.signal }, run).catch(() => undefined);
  return () => stopped.abort();
};
