import type { Presence } from '../api/types.ts';
import { classNames } from './class-names.ts';
import { initialsOf } from './initials.ts';
import styles from './person.module.css';

/** The name beside it says who it is. */
export function Avatar({ name, big }: { readonly name: string; readonly big?: boolean }) {
  return (
    <span className={classNames(styles.avatar, big && styles.big)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** Colour and shape of a presence; the word stands beside it. */
export function PresenceDot({ presence }: { readonly presence: Presence }) {
  return <span className={classNames(styles.dot, styles[presence])} aria-hidden="true" />;
}
