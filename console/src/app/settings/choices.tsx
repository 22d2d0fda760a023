import type { ReactNode } from 'react';
import styles from './settings.module.css';

interface ChoicesProps<T extends string> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: ReactNode])[];
  readonly onChoose: (value: T) => void;
}

/** A setting with a few values, each a button. */
export function Choices<T extends string>({ label, hint, value, options, onChoose }: ChoicesProps<T>) {
  return (
    <div className={styles.line}>
      <span>
        <span className="strong">{label}</span>
        {hint && <p className="small muted">{hint}</p>}
      </span>
      <span className={styles.choices}>
        {options.map(([option, text]) => (
          <button
            key={option}
            type="button"
            className={styles.choice}
            aria-pressed={option === value}
            onClick={() => onChoose(option)}
          >
            {text}
          </button>
        ))}
      </span>
    </div>
  );
}
