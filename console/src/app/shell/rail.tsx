import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, Search } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import type { User } from '../../api/types.ts';
import { Key } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Avatar } from '../../parts/person.tsx';
import { isMac } from '../commands/keys.ts';
import { openPanel } from '../commands/panels.ts';
import { placesFor, railPartsFor } from '../modules.ts';
import type { Place } from '../place.ts';
import { withoutParameters } from '../place-link.ts';
import { LiveLine } from './live-line.tsx';
import styles from './rail.module.css';

const noCount = (): undefined => undefined;

function PlaceLink({ place }: { readonly place: Place }) {
  const { i18n } = useLingui();
  const useCount = place.useCount ?? noCount;
  const count = useCount();
  const Icon = place.icon;
  return (
    <Link
      to={place.path}
      params={withoutParameters(place.path)}
      className={styles.place}
      activeProps={{ 'aria-current': 'page' }}
    >
      {Icon && <Icon />}
      <span className="cut">{i18n._(place.label)}</span>
      {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
    </Link>
  );
}

/** Rail parts of modules, loaded apart. */
function RailParts({ user }: { readonly user: User }) {
  const parts = useMemo(
    () => railPartsFor(user.roles).map(({ name, load }) => ({ name, Part: lazy(load) })),
    [user.roles],
  );
  return parts.map(({ name, Part }) => (
    <Suspense key={name} fallback={null}>
      <Part />
    </Suspense>
  ));
}

export function Rail({ user }: { readonly user: User }) {
  const { t, i18n } = useLingui();
  const shown = placesFor(user.roles).filter(({ icon }) => icon !== undefined);
  const sections = Map.groupBy(shown, ({ section }) => (section ? i18n._(section) : ''));
  const name = user.name ?? user.phone;
  return (
    <nav className={styles.rail} aria-label={t`Places`}>
      <div className={styles.brand}>
        <span className={styles.mark} />
        Rotadesk
      </div>
      <button type="button" className={styles.find} onClick={() => openPanel('palette')}>
        <Search />
        <span className="grow">
          <Trans>Go anywhere</Trans>
        </span>
        <Key name={isMac ? '⌘K' : 'Ctrl K'} />
      </button>
      {[...sections].map(([section, places]) => (
        <div key={section}>
          {section !== '' && <div className={styles.section}>{section}</div>}
          {places.map((place) => (
            <PlaceLink key={place.path} place={place} />
          ))}
        </div>
      ))}
      <RailParts user={user} />
      <button
        type="button"
        className={styles.me}
        onClick={() => openPanel('settings')}
        aria-haspopup="dialog"
      >
        <Avatar name={name} big />
        <span className="grow">
          <span className={classNames(styles.name, 'strong', 'cut')}>{name}</span>
          <LiveLine />
        </span>
        <ChevronsUpDown />
      </button>
    </nav>
  );
}
