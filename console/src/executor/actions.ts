import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { problemText } from '../app/problem-text.ts';
import { answered } from './missed-store.ts';
import { useRefresh } from './queries.ts';

export type Transfer = { readonly executorId: string } | { readonly deskId: string };

export interface TicketActions {
  readonly accept: (ticketId: string) => Promise<boolean>;
  readonly decline: (ticketId: string) => Promise<boolean>;
  readonly park: (ticketId: string) => Promise<boolean>;
  readonly close: (ticketId: string) => Promise<boolean>;
  readonly transfer: (ticketId: string, to: Transfer) => Promise<boolean>;
  readonly setUrgency: (ticketId: string, urgency: { urgent: boolean; reason: string }) => Promise<boolean>;
  readonly busy: boolean;
  /** Why the last one came to nothing. */
  readonly refusal: string | undefined;
  readonly dismiss: () => void;
}

const at = (ticketId: string) => ({ params: { path: { ticketId } } });

/** What an executor does to a ticket. Each resolves to whether it was done; a refusal stays to be read. */
export const useActions = (): TicketActions => {
  const { i18n } = useLingui();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await work();
      return true;
    } catch (problem) {
      setRefusal(problemText(problem, i18n));
      return false;
    } finally {
      setBusy(false);
      refresh();
    }
  };
  const leave = (ticketId: string, work: () => Promise<unknown>): Promise<boolean> => {
    answered.add(ticketId);
    return run(work).then((done) => {
      if (!done) answered.delete(ticketId);
      return done;
    });
  };
  return {
    accept: (id) => run(() => bodyOf(api.POST('/v1/tickets/{ticketId}/accept', at(id)))),
    decline: (id) =>
      leave(id, () => bodyOf(api.POST('/v1/tickets/{ticketId}/decline', { ...at(id), body: {} }))),
    park: (id) => run(() => bodyOf(api.POST('/v1/tickets/{ticketId}/waiting', at(id)))),
    close: (id) => leave(id, () => bodyOf(api.POST('/v1/tickets/{ticketId}/close', { ...at(id), body: {} }))),
    transfer: (id, body) =>
      leave(id, () => bodyOf(api.POST('/v1/tickets/{ticketId}/transfer', { ...at(id), body }))),
    setUrgency: (id, body) =>
      run(() => bodyOf(api.POST('/v1/tickets/{ticketId}/urgency', { ...at(id), body }))),
    busy,
    refusal,
    dismiss: () => setRefusal(undefined),
  };
};
