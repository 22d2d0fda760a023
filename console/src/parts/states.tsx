import { Trans, useLingui } from '@lingui/react/macro';
import { Inbox, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem, isMissing } from '../api/problem.ts';
import { Button } from './button.tsx';
import styles from './states.module.css';

interface Message {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** One message in the middle of a pane. */
export function Centre({ icon, title, children, actions }: Message) {
  return (
    <div className={styles.centre}>
      {icon}
      <span className="strong">{title}</span>
      {children !== undefined && <span className={styles.text}>{children}</span>}
      {actions !== undefined && <span className={styles.actions}>{actions}</span>}
    </div>
  );
}

export const Empty = (message: Message) => <Centre icon={<Inbox />} {...message} />;

/** Shape of what is coming, shown after 150 ms. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  const { t } = useLingui();
  return (
    <div className={styles.skeleton} role="status" aria-label={t`Loading`}>
      {Array.from({ length: lines }, (_, index) => `line-${index}`).map((key) => (
        <div key={key} className={styles.line} />
      ))}
    </div>
  );
}

/** Forbidden and gone look the same: whether there is such a thing is nobody's business. */
export function NotFound({ children }: { readonly children?: ReactNode }) {
  return (
    <Centre title={<Trans>Nothing here</Trans>} actions={children}>
      <Trans>It does not exist, or it is not yours to see.</Trans>
    </Centre>
  );
}

function RequestId({ id }: { readonly id: string }) {
  const short = id.slice(0, 4);
  return (
    <Button look="ghost" className="num" onClick={() => navigator.clipboard?.writeText(id)} title={id}>
      <Trans>Copy id {short}…</Trans>
    </Button>
  );
}

/** What could not be loaded: what happened, what is safe, what to do. */
export function Failed({
  title,
  problem,
  safe,
  onRetry,
}: {
  readonly title: ReactNode;
  readonly problem: unknown;
  /** What is not lost; said after what happened. */
  readonly safe?: ReactNode;
  readonly onRetry: () => void;
}) {
  if (isMissing(problem)) return <NotFound />;
  const answered = problem instanceof ApiProblem && problem.status > 0;
  const id = problem instanceof ApiProblem ? problem.requestId : undefined;
  return (
    <Centre
      icon={<TriangleAlert />}
      title={title}
      actions={
        <>
          <Button look="primary" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
          {id !== undefined && <RequestId id={id} />}
        </>
      }
    >
      {answered ? <Trans>The desk could not do it.</Trans> : <Trans>The desk does not answer.</Trans>} {safe}
    </Centre>
  );
}
