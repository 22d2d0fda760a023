import { CSPProvider } from '@base-ui/react/csp-provider';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { User } from '../api/types.ts';
import { loadLocale, preferredLocale } from './locale.ts';
import { modulesFor } from './modules.ts';
import { queries } from './queries.ts';
import { createAppRouter } from './router.tsx';
import { type Session, session } from './session/session.ts';
import { SignIn } from './sign-in/sign-in.tsx';
import { useValue } from './value-store.ts';

/** The texts of the user's modules, before anything of them is shown. */
const useTexts = (user: User | undefined): boolean => {
  const [readyFor, setReadyFor] = useState('');
  const wanted = modulesFor(user?.roles ?? []).join();
  useEffect(() => {
    let current = true;
    void loadLocale(preferredLocale(), wanted.split(',')).then(() => {
      if (current) setReadyFor(`for ${wanted}`);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  return readyFor === `for ${wanted}`;
};

function SignedIn({ user }: { readonly user: User }) {
  const roles = user.roles.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name or e-mail is no other set of places
  const router = useMemo(() => createAppRouter(user), [user.userId, roles]);
  return <RouterProvider router={router} />;
}

const userOf = (now: Session): User | undefined =>
  now.kind === 'active' || now.kind === 'ended' ? now.user : undefined;

export function App() {
  const now = useValue(session);
  const user = userOf(now);
  const ready = useTexts(user);
  if (now.kind === 'starting' || !ready) return null;
  return (
    <CSPProvider disableStyleElements>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          {user ? (
            <SignedIn user={user} />
          ) : (
            <SignIn unreachable={now.kind === 'none' && now.unreachable === true} />
          )}
        </QueryClientProvider>
      </I18nProvider>
    </CSPProvider>
  );
}
