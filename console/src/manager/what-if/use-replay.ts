import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { serverNow } from '../../api/server-clock.ts';
import { problemText } from '../../app/problem-text.ts';
import type { Draft } from '../limits/settings.ts';
import { replayQuery } from '../queries.ts';
import type { Replay } from '../types.ts';
import { textIn, useAddress } from '../use-address.ts';
import { spanOf } from './day.ts';

interface ReplayState {
  readonly replay: Replay | undefined;
  readonly problem: unknown;
  /** Of the limits when it was asked for. */
  readonly version: number | undefined;
  readonly busy: boolean;
  readonly refusal: string | undefined;
  readonly start: (ask: { deskId: string; day: string; draft: Draft; version: number }) => Promise<void>;
}

const RUNNING_MS = 1000;

const isOver = (replay: Replay | undefined): boolean =>
  replay?.state === 'done' || replay?.state === 'failed';

/** The replay whose id stands in the address, and how to ask for another. */
export const useReplay = (): ReplayState => {
  const { i18n } = useLingui();
  const [search, change] = useAddress();
  const replayId = textIn(search, 'replay');
  const { data, error } = useQuery({
    ...replayQuery(replayId ?? ''),
    enabled: replayId !== undefined,
    // Asked for until it is over.
    refetchInterval: ({ state }) => (isOver(state.data) ? false : RUNNING_MS),
  });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const start: ReplayState['start'] = async ({ deskId, day, draft, version }) => {
    const span = spanOf(day, serverNow());
    if (span === undefined) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = { deskId, ...span, limits: draft };
      const header = { 'Idempotency-Key': crypto.randomUUID() };
      const asked = await bodyOf(api.POST('/v1/replays', { params: { header }, body }));
      change({ replay: asked.replayId, v: version });
    } catch (refused) {
      setRefusal(problemText(refused, i18n));
    } finally {
      setBusy(false);
    }
  };
  const { v: version } = search;
  return {
    replay: replayId === undefined ? undefined : data,
    problem: replayId === undefined ? undefined : error,
    version: typeof version === 'number' ? version : undefined,
    busy,
    refusal,
    start,
  };
};
