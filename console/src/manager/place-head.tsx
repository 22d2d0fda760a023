import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import styles from './manager.module.css';
import { desksQuery } from './queries.ts';
import { MAIN_DESK, useAddress, useDeskId } from './use-address.ts';

/** Chooses the desk, in the address. One desk is no choice. */
function DeskChoice() {
  const { t } = useLingui();
  const { data } = useQuery(desksQuery);
  const [, change] = useAddress();
  const deskId = useDeskId();
  const desks = data?.items ?? [];
  if (desks.length < 2) return <span className="muted">{desks[0]?.name}</span>;
  return (
    <select
      className={styles.select}
      aria-label={t`Desk`}
      value={deskId}
      onChange={({ target }) => change({ desk: target.value === MAIN_DESK ? undefined : target.value })}
    >
      {desks.map((desk) => (
        <option key={desk.deskId} value={desk.deskId}>
          {desk.name}
        </option>
      ))}
    </select>
  );
}

export function PlaceHead({
  title,
  desk = true,
  children,
}: {
  readonly title: ReactNode;
  /** Whether the place is about one desk. */
  readonly desk?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <h1 className="title">{title}</h1>
      {desk && <DeskChoice />}
      {children}
    </header>
  );
}
