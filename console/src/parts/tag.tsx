import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tag.module.css';

export type Tone = 'plain' | 'urgent' | 'late' | 'ok' | 'accent';

export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={classNames(styles.tag, tone !== 'plain' && styles[tone])}>{children}</span>;
}
