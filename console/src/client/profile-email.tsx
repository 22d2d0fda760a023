import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import type { User } from '../api/types.ts';
import { problemText } from '../app/problem-text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import styles from './profile.module.css';
import { useSave } from './use-save.ts';

function Confirmation({ user }: { readonly user: User }) {
  const { i18n } = useLingui();
  const resend = useMutation({ mutationFn: () => bodyOf(api.POST('/v1/me/email/resend')) });
  if (user.emailConfirmed)
    return (
      <span className="row ok">
        <BadgeCheck />
        <Trans>Confirmed</Trans>
      </span>
    );
  return (
    <>
      <span className="late">
        <Trans>Not confirmed yet: follow the link that we sent.</Trans>
      </span>
      <Button onClick={() => resend.mutate()} disabled={resend.isPending || resend.isSuccess}>
        {resend.isSuccess ? <Trans>Sent</Trans> : <Trans>Send it again</Trans>}
      </Button>
      {resend.error && <span className="urgent">{problemText(resend.error, i18n)}</span>}
    </>
  );
}

/** The address counts once its link was followed. */
export function EmailCard({ user }: { readonly user: User }) {
  const { i18n } = useLingui();
  const [email, setEmail] = useState(user.email ?? '');
  const save = useSave((value: string) => bodyOf(api.PUT('/v1/me/email', { body: { email: value } })));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(email.trim());
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <Field
        label={<Trans>E-mail</Trans>}
        type="email"
        autoComplete="email"
        value={email}
        error={save.error && problemText(save.error, i18n)}
        onChange={(event) => setEmail(event.target.value)}
      />
      <div className={styles.line}>
        <Button look="primary" type="submit" disabled={save.isPending || email.trim() === ''}>
          <Trans>Save</Trans>
        </Button>
        {user.email !== null && <Confirmation user={user} />}
      </div>
    </form>
  );
}
