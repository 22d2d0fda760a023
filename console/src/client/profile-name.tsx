import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import type { User } from '../api/types.ts';
import { problemText } from '../app/problem-text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import styles from './profile.module.css';
import { useSave } from './use-save.ts';

const isStaff = ({ roles }: User): boolean => roles.some((role) => role === 'executor' || role === 'manager');

/** The name, what clients see instead of it, and the language of notices. */
export function NameCard({ user }: { readonly user: User }) {
  const { i18n } = useLingui();
  const [name, setName] = useState(user.name ?? '');
  const [displayName, setDisplayName] = useState(user.displayName ?? '');
  const [locale, setLocale] = useState(user.locale);
  const save = useSave((body: { name?: string; displayName?: string | null; locale: 'ru' | 'en' }) =>
    bodyOf(api.PATCH('/v1/me', { body })),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({
      locale,
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(isStaff(user) && { displayName: displayName.trim() || null }),
    });
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <Field
        label={<Trans>Name</Trans>}
        value={name}
        maxLength={80}
        autoComplete="name"
        onChange={(event) => setName(event.target.value)}
      />
      {isStaff(user) && (
        <Field
          label={<Trans>What clients see</Trans>}
          hint={<Trans>Your given name if left empty.</Trans>}
          value={displayName}
          maxLength={40}
          onChange={(event) => setDisplayName(event.target.value)}
        />
      )}
      <Field label={<Trans>Phone</Trans>} value={user.phone} readOnly />
      <fieldset className={styles.line}>
        <legend>
          <Trans>Language of SMS and e-mails</Trans>
        </legend>
        {(['en', 'ru'] as const).map((option) => (
          <label key={option} className="row">
            <input
              type="radio"
              name="locale"
              checked={locale === option}
              onChange={() => setLocale(option)}
            />
            {option === 'en' ? 'English' : 'Русский'}
          </label>
        ))}
      </fieldset>
      <div className={styles.line}>
        <Button look="primary" type="submit" disabled={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        {save.isSuccess && (
          <span className="ok" role="status">
            <Trans>Saved</Trans>
          </span>
        )}
        {save.error && <span className="urgent">{problemText(save.error, i18n)}</span>}
      </div>
    </form>
  );
}
