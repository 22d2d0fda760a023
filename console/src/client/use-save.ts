import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { User } from '../api/types.ts';
import { reloadUser } from '../app/session/session-keeper.ts';

/** Saves something of the reader's own user; the shell shows it at once. */
export const useSave = <T>(save: (value: T) => Promise<User>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: (user) => {
      client.setQueryData(['me'], user);
      void reloadUser();
    },
  });
};
