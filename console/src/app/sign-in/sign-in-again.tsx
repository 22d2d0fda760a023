import { Trans } from '@lingui/react/macro';
import type { User } from '../../api/types.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Demo } from './demo.tsx';
import styles from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

/** Over the page, which stays as it is: somebody else who signs in here reloads it. */
export default function SignInAgain({ user }: { readonly user: User }) {
  return (
    <Dialog open narrow title={<Trans>Your session has ended</Trans>}>
      <div className={styles.form}>
        <p className="muted">
          <Trans>Sign in again to go on. What you have written is still there.</Trans>
        </p>
        <SignInForm phone={user.phone} />
        <Demo />
      </div>
    </Dialog>
  );
}
