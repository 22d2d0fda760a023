import { Trans } from '@lingui/react/macro';
import { Failed } from '../../parts/states.tsx';

/** A place that broke: the shell around it goes on. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Failed
      title={<Trans>This place could not be shown</Trans>}
      problem={error}
      safe={<Trans>What you have written is kept on this computer.</Trans>}
      onRetry={onRetry}
    />
  );
}
