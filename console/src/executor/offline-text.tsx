import { Trans } from '@lingui/react/macro';
import { clockText, secondsLeft } from '../parts/durations.ts';
import { useServerNow } from '../parts/now.ts';
import { usePresence } from './queries.ts';
import { tooLateAtMs } from './reconnect.ts';

/** How long the tickets of somebody who is cut off stay with them. */
export function OfflineText() {
  const { data } = usePresence();
  const now = useServerNow(1000);
  const until = data && tooLateAtMs(data);
  if (until === undefined) return null;
  const left = secondsLeft(until, now);
  if (left === 0) return <Trans>Your tickets go back to the line.</Trans>;
  const time = clockText(left);
  return (
    <Trans>
      Your tickets stay with you for <b className="num">{time}</b>.
    </Trans>
  );
}
