import { Trans, useLingui } from '@lingui/react/macro';
import { Minus, Plus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { classNames } from '../../parts/class-names.ts';
import styles from './limits.module.css';
import { settingLabels } from './setting-labels.ts';
import { parsedValue, type SettingShown, stepOf, valueText } from './settings.ts';

interface StepperProps {
  readonly setting: SettingShown;
  /** In force. */
  readonly now: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A limit with what is in force below it; marked when the draft says something else. */
export function Stepper({ setting, now, value, onChange }: StepperProps) {
  const { t, i18n } = useLingui();
  const id = useId();
  const { unit, least, most } = setting;
  const shown = valueText(value, unit);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const label = i18n._(settingLabels[setting.name]);
  const parsed = parsedValue(text, setting);
  const range = `${valueText(least, unit)} – ${valueText(most, unit)}`;
  const commit = (): void => {
    if (parsed === undefined) setText(shown);
    else if (parsed !== value) onChange(parsed);
  };
  const step = (sign: 1 | -1): void =>
    onChange(Math.min(most, Math.max(least, value + sign * stepOf(value, unit))));
  return (
    <div className={classNames(styles.setting, value !== now && styles.changed)}>
      <label htmlFor={id}>{label}</label>
      <span className="small muted num">
        <Trans>now {valueText(now, unit)}</Trans>
      </span>
      <span className={classNames(styles.stepper, parsed === undefined && styles.wrong)}>
        <button
          type="button"
          aria-label={t`${label}: less`}
          onClick={() => step(-1)}
          disabled={value <= least}
        >
          <Minus />
        </button>
        <input
          id={id}
          className="num"
          inputMode={unit === 'seconds' ? 'text' : 'numeric'}
          value={text}
          aria-invalid={parsed === undefined}
          title={range}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
        />
        <button type="button" aria-label={t`${label}: more`} onClick={() => step(1)} disabled={value >= most}>
          <Plus />
        </button>
      </span>
    </div>
  );
}
