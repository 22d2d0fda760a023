import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import type { User } from '../../api/types.ts';
import { classNames } from '../../parts/class-names.ts';
import { openPanel } from '../commands/panels.ts';
import { placesFor } from '../modules.ts';
import { withoutParameters } from '../place-link.ts';
import styles from './tab-bar.module.css';

const TABS = 4;

/** The rail on a phone: the first places, and all the rest as commands. */
export function TabBar({ user }: { readonly user: User }) {
  const { t, i18n } = useLingui();
  const places = placesFor(user.roles)
    .filter(({ icon }) => icon !== undefined)
    .slice(0, TABS);
  return (
    <nav className={styles.bar} aria-label={t`Places`}>
      {places.map(({ path, icon: Icon, label }) => (
        <Link
          key={path}
          to={path}
          params={withoutParameters(path)}
          className={styles.tab}
          activeProps={{ 'aria-current': 'page' }}
        >
          {Icon && <Icon />}
          <span className={classNames(styles.name, 'cut')}>{i18n._(label)}</span>
        </Link>
      ))}
      <button type="button" className={styles.tab} onClick={() => openPanel('settings')}>
        <Ellipsis />
        <span className={classNames(styles.name, 'cut')}>
          <Trans>More</Trans>
        </span>
      </button>
    </nav>
  );
}
