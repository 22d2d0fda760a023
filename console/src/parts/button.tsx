import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'ghost' | 'danger';
  /** Square, for an icon alone; then `aria-label` says what it does. */
  readonly square?: boolean;
  /** The key that does the same, as it is written on the button. */
  readonly keyName?: string | undefined;
}

export function Button({ look = 'plain', square, keyName, className, children, ...rest }: ButtonProps) {
  const names = classNames(styles.button, styles[look], square && styles.icon, className);
  return (
    <button type="button" className={names} {...rest}>
      {children}
      {keyName !== undefined && <Key name={keyName} />}
    </button>
  );
}

export function Key({ name }: { readonly name: string }) {
  // Drawn beside the words that say it: nobody needs it read out with each button.
  return (
    <span className={styles.key} aria-hidden="true">
      {name}
    </span>
  );
}
