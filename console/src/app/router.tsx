import { Trans } from '@lingui/react/macro';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import type { User } from '../api/types.ts';
import { Centre, NotFound, Skeleton } from '../parts/states.tsx';
import { placesFor } from './modules.ts';
import { withoutParameters } from './place-link.ts';
import { Failure } from './shell/failure.tsx';
import { Shell } from './shell/shell.tsx';

/** Nobody's place is built yet: said plainly rather than shown as a fault. */
function NoPlace() {
  return (
    <Centre title={<Trans>There is nothing for you here yet</Trans>}>
      <Trans>The places of your role are not part of this version.</Trans>
    </Centre>
  );
}

/** Addresses of the places that these roles have; all others answer like one that does not exist. */
export const createAppRouter = (user: User, history?: RouterHistory) => {
  const places = placesFor(user.roles);
  const first = places.find(({ icon }) => icon !== undefined);
  const root = createRootRoute({
    component: () => <Shell user={user} />,
    notFoundComponent: () => <NotFound />,
  });
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: NoPlace,
    beforeLoad: () => {
      if (first) throw redirect({ to: first.path, params: withoutParameters(first.path), replace: true });
    },
  });
  const routes = places.map(({ path, load }) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
  );
  return createRouter({
    routeTree: root.addChildren([home, ...routes]),
    ...(history && { history }),
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: () => <Skeleton />,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
  });
};
