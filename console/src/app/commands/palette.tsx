import { Trans, useLingui } from '@lingui/react/macro';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Key } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useValue } from '../value-store.ts';
import { type Command, found, keysText } from './command.ts';
import { isMac } from './keys.ts';
import styles from './palette.module.css';
import { openPanel } from './panels.ts';
import { commands, runCommand } from './registry.ts';

function Option({
  command,
  id,
  selected,
}: {
  readonly command: Command;
  readonly id: string;
  readonly selected: boolean;
}) {
  const keys = keysText(command, isMac);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field above, which names the active option
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
    <div
      className={styles.option}
      role="option"
      id={id}
      aria-selected={selected}
      onClick={() => choose(command)}
    >
      <span className="grow cut">{command.label}</span>
      {keys !== undefined && <Key name={keys} />}
    </div>
  );
}

const close = (): void => openPanel(undefined);

/** Closes first: what the command opens or focuses must not be taken away by the closing dialog. */
const choose = (command: Command): void => {
  close();
  setTimeout(() => runCommand(command.id), 0);
};

/** Commands of one group stand together, groups in the order in which they first come. */
const grouped = (list: readonly Command[]): readonly (readonly [string, readonly Command[]])[] => [
  ...Map.groupBy(list, ({ group }) => group),
];

/** Everything that somebody may do now, found by its words. */
export default function Palette() {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const groups = grouped(found(useValue(commands), query));
  const shown = groups.flatMap(([, list]) => list);
  const active = Math.min(at, shown.length - 1);
  const idOf = (command: Command | undefined): string | undefined => command && `${listId}-${command.id}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      const next = (active + step + shown.length) % shown.length;
      setAt(next);
      document.getElementById(idOf(shown[next]) ?? '')?.scrollIntoView({ block: 'nearest' });
    }
    const chosen = shown[active];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) {
      event.preventDefault();
      choose(chosen);
    }
  };

  return (
    <Dialog open onOpenChange={close} title={<Trans>Commands</Trans>} quietTitle>
      <div className={styles.field}>
        <Search className="muted" />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={idOf(shown[active])}
          aria-label={t`Find a command`}
          placeholder={t`Go anywhere, do anything`}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.list} role="listbox" id={listId} aria-label={t`Commands`}>
        {groups.map(([group, list]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group}>{group}</div>
            {list.map((command) => (
              <Option
                key={command.id}
                command={command}
                id={idOf(command) ?? ''}
                selected={command === shown[active]}
              />
            ))}
          </div>
        ))}
        {shown.length === 0 && (
          <div className={styles.none}>
            <Trans>No command has these words.</Trans>
          </div>
        )}
      </div>
    </Dialog>
  );
}
