import { lazy, Suspense } from 'react';
import { panel } from '../commands/panels.ts';
import { session } from '../session/session.ts';
import { useValue } from '../value-store.ts';

const panels = {
  palette: lazy(() => import('../commands/palette.tsx')),
  help: lazy(() => import('../commands/help.tsx')),
  settings: lazy(() => import('../settings/settings.tsx')),
  'sign-out': lazy(() => import('../settings/sign-out.tsx')),
};
const SignInAgain = lazy(() => import('../sign-in/sign-in-again.tsx'));

/** What lies over the page, loaded when it is first asked for. */
export function Overlays() {
  const open = useValue(panel);
  const now = useValue(session);
  const Panel = open && panels[open];
  return (
    <Suspense fallback={null}>
      {Panel && <Panel />}
      {now.kind === 'ended' && <SignInAgain user={now.user} />}
    </Suspense>
  );
}
