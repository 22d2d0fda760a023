import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../app/problem-text.ts';
import { Choices } from '../app/settings/choices.tsx';
import { type Chosen, useSetPresence } from './presence.ts';
import { usePresence } from './queries.ts';

const isChosen = (presence: string | undefined): presence is Chosen =>
  presence !== undefined && presence !== 'suspect';

export function PresenceChoice() {
  const { i18n } = useLingui();
  const { data } = usePresence();
  const { mutate, error } = useSetPresence();
  const presence = data?.presence;
  return (
    <>
      <Choices
        label={<Trans>Presence</Trans>}
        hint={<Trans>Offline gives every ticket back to the line.</Trans>}
        value={isChosen(presence) ? presence : 'online'}
        options={[
          ['online', <Trans key="online">Online</Trans>],
          ['draining', <Trans key="draining">Draining</Trans>],
          ['away', <Trans key="away">Away</Trans>],
          ['offline', <Trans key="offline">Offline</Trans>],
        ]}
        onChoose={(next: Chosen) => mutate(next)}
      />
      {error && <p className="urgent">{problemText(error, i18n)}</p>}
    </>
  );
}
