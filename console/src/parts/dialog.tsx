import { Dialog as Base } from '@base-ui/react/dialog';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  /** Called with what it is to be; none: it cannot be closed. */
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly title: ReactNode;
  /** The title is heard and not seen. */
  readonly quietTitle?: boolean;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

function Head({ title, closable }: { readonly title: ReactNode; readonly closable: boolean }) {
  const { t } = useLingui();
  return (
    <div className={styles.head}>
      <Base.Title className="title grow">{title}</Base.Title>
      {closable && (
        <Base.Close render={<Button look="ghost" square aria-label={t`Close this`} />}>
          <X />
        </Base.Close>
      )}
    </div>
  );
}

/** A dialog over the page; load it apart, Base UI is no part of the first load. */
export function Dialog({ open, onOpenChange, title, quietTitle, narrow, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={classNames(styles.popup, narrow && styles.narrow)}>
          {quietTitle ? (
            <Base.Title className="hidden-text">{title}</Base.Title>
          ) : (
            <Head title={title} closable={onOpenChange !== undefined} />
          )}
          {quietTitle ? children : <div className={styles.body}>{children}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
