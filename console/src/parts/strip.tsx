import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './strip.module.css';
import type { Tone } from './tag.tsx';

/** A bar across a pane: something about all of it. */
export function Strip({
  tone = 'plain',
  icon,
  children,
  actions,
  live = 'polite',
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly live?: 'polite' | 'off';
}) {
  return (
    <div className={classNames(styles.strip, tone !== 'plain' && styles[tone])} aria-live={live}>
      {icon}
      <span className="grow">{children}</span>
      {actions}
    </div>
  );
}
