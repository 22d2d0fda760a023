import { Trans } from '@lingui/react/macro';
import { CloudOff } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { Strip } from '../../parts/strip.tsx';
import { chooseLocale } from '../locale.ts';
import { resumeSession } from '../session/session-keeper.ts';
import { Demo } from './demo.tsx';
import styles from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

export function SignIn({ unreachable }: { readonly unreachable: boolean }) {
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        {unreachable && (
          <Strip
            tone="late"
            icon={<CloudOff />}
            actions={
              <Button onClick={() => void resumeSession()}>
                <Trans>Try again</Trans>
              </Button>
            }
          >
            <Trans>The desk does not answer.</Trans>
          </Strip>
        )}
        <div className={styles.card}>
          <div className={styles.form}>
            <span className={styles.brand}>
              <img className={styles.mark} src="/favicon.svg" alt="" />
              Rotadesk
            </span>
            <h1 className="title">
              <Trans>Sign in</Trans>
            </h1>
            <SignInForm />
          </div>
        </div>
        <Demo />
        <div className={styles.languages}>
          <button type="button" lang="en" onClick={() => void chooseLocale('en', [])}>
            English
          </button>
          <button type="button" lang="ru" onClick={() => void chooseLocale('ru', [])}>
            Русский
          </button>
        </div>
      </div>
    </main>
  );
}
