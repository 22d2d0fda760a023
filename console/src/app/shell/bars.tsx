import { Trans } from '@lingui/react/macro';
import { CloudOff, RefreshCw } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { Strip } from '../../parts/strip.tsx';
import { When } from '../../parts/when.tsx';
import { liveState } from '../live/live-state.ts';
import { useValue } from '../value-store.ts';
import { newVersion } from './new-version.ts';
import { offlineText } from './offline-text.ts';

/** What concerns the whole page: the line to the desk, and a newer version of the page. */
export function Bars() {
  const live = useValue(liveState);
  const outdated = useValue(newVersion);
  const Offline = useValue(offlineText);
  return (
    <>
      {live.kind === 'offline' && (
        <Strip tone="late" icon={<CloudOff />}>
          <Trans>
            No connection since <When at={new Date(live.sinceMs).toISOString()} />.
          </Trans>{' '}
          {Offline && <Offline />}
        </Strip>
      )}
      {live.kind === 'polling' && (
        <Strip icon={<RefreshCw />}>
          <Trans>
            Live updates off since <When at={new Date(live.sinceMs).toISOString()} />: what you see is at most
            5 s old.
          </Trans>
        </Strip>
      )}
      {outdated && (
        <Strip
          tone="accent"
          actions={
            <Button onClick={() => location.reload()}>
              <Trans>Reload</Trans>
            </Button>
          }
        >
          <Trans>There is a new version of this page. What you have written is kept.</Trans>
        </Strip>
      )}
    </>
  );
}
