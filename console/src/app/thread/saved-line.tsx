import { Trans } from '@lingui/react/macro';
import { useServerNow } from '../../parts/now.ts';

const JUST_NOW_SEC = 60;

/** Since when the draft is safe, by this browser's clock. */
export function SavedLine({ atMs }: { readonly atMs: number }) {
  useServerNow(1000);
  const seconds = Math.max(1, Math.round((Date.now() - atMs) / 1000));
  return (
    <span className="small muted num">
      {seconds < JUST_NOW_SEC ? <Trans>Saved {seconds} s ago</Trans> : <Trans>Saved</Trans>}
    </span>
  );
}
