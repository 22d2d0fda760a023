import { useLingui } from '@lingui/react/macro';
import { useCommands } from '../app/commands/registry.ts';
import { useSetPresence } from './presence.ts';
import { usePresence } from './queries.ts';

export const usePresenceCommands = (): void => {
  const { t } = useLingui();
  const { data } = usePresence();
  const { mutate } = useSetPresence();
  const group = t`Presence`;
  useCommands(
    (
      [
        ['online', t`Go online`],
        ['draining', t`Finish what I have, take no more`],
        ['away', t`Go away`],
        ['offline', t`Go offline`],
      ] as const
    )
      .filter(([presence]) => presence !== data?.presence)
      .map(([presence, label]) => ({
        id: `presence ${presence}`,
        label,
        group,
        run: () => mutate(presence),
      })),
  );
};
