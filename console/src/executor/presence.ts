import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { OwnPresence } from '../api/types.ts';
import { missed } from './missed-store.ts';

export type Chosen = 'online' | 'draining' | 'away' | 'offline';

/** Sets the reader's presence; the answer is shown at once. */
export const useSetPresence = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (presence: Chosen) => bodyOf(api.PUT('/v1/executors/me/presence', { body: { presence } })),
    onSuccess: (answer: OwnPresence) => {
      client.setQueryData(['presence'], answer);
      if (answer.presence === 'online') missed.set([]);
      void client.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
};
