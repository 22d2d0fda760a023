import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface FieldProps extends ComponentProps<'input'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
}

/** A line of text with its name, and what is wrong with it. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const isWrong = error !== undefined && error !== null && error !== false;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        aria-invalid={isWrong}
        aria-describedby={isWrong || hint ? `${id}-note` : undefined}
        {...input}
      />
      {(isWrong || hint) && (
        <span
          id={`${id}-note`}
          className={isWrong ? styles.error : styles.hint}
          role={isWrong ? 'alert' : undefined}
        >
          {isWrong ? error : hint}
        </span>
      )}
    </div>
  );
}
