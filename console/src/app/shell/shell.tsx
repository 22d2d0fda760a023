import { Trans, useLingui } from '@lingui/react/macro';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { User } from '../../api/types.ts';
import type { Command } from '../commands/command.ts';
import { listenToKeys } from '../commands/keys.ts';
import { openPanel } from '../commands/panels.ts';
import { useCommands } from '../commands/registry.ts';
import { startLive } from '../live/live.ts';
import { backgroundsFor, placesFor } from '../modules.ts';
import { startNotices } from '../notices/notices.ts';
import { withoutParameters } from '../place-link.ts';
import { openOutbox } from '../writing/outbox.ts';
import { Bars } from './bars.tsx';
import { Overlays } from './overlays.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TabBar } from './tab-bar.tsx';

/** Addresses of one thing; those whose parameter may be left out are lists as well. */
const isOfOneThing = (path: string): boolean => /\/\$/.test(path);

/** What can be done everywhere: going to the places, and what lies over the page. */
const useShellCommands = (user: User): void => {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const go = placesFor(user.roles)
    .filter(({ path, icon }) => icon !== undefined && !isOfOneThing(path))
    .map(
      ({ path, label, goKey }): Command => ({
        id: `go ${path}`,
        label: i18n._(label),
        group: t`Go to`,
        ...(goKey && { keys: ['KeyG', goKey] }),
        run: () => void navigate({ to: path, params: withoutParameters(path) }),
      }),
    );
  const page = t`Page`;
  useCommands([
    ...go,
    {
      id: 'palette',
      label: t`All commands`,
      group: page,
      keys: ['KeyK'],
      mod: true,
      run: () => openPanel('palette'),
    },
    { id: 'help', label: t`Keys`, group: page, keys: ['Slash'], shift: true, run: () => openPanel('help') },
    {
      id: 'settings',
      label: t`Settings`,
      group: page,
      keys: ['KeyG', 'KeyS'],
      run: () => openPanel('settings'),
    },
    { id: 'sign-out', label: t`Sign out…`, group: page, run: () => openPanel('sign-out') },
  ]);
};

function Backgrounds({ user }: { readonly user: User }) {
  const parts = useMemo(
    () => backgroundsFor(user.roles).map(({ name, load }) => ({ name, Part: lazy(load) })),
    [user.roles],
  );
  return parts.map(({ name, Part }) => (
    <Suspense key={name} fallback={null}>
      <Part />
    </Suspense>
  ));
}

export function Shell({ user }: { readonly user: User }) {
  useShellCommands(user);
  useEffect(listenToKeys, []);
  useEffect(() => startLive(), []);
  useEffect(startNotices, []);
  useEffect(() => openOutbox(user.userId), [user.userId]);
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#place">
        <Trans>Skip to the content</Trans>
      </a>
      <Rail user={user} />
      <div className={styles.page}>
        <Bars />
        <div className={styles.place} id="place">
          <Outlet />
        </div>
        <TabBar user={user} />
      </div>
      <Backgrounds user={user} />
      <Overlays />
    </div>
  );
}
