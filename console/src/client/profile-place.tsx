import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { loadUser } from '../app/session/session-requests.ts';
import { Failed, Skeleton } from '../parts/states.tsx';
import styles from './profile.module.css';
import { EmailCard } from './profile-email.tsx';
import { NameCard } from './profile-name.tsx';

/** What somebody may change of themselves. */
export default function ProfilePlace() {
  const { data, error, refetch } = useQuery({ queryKey: ['me'], queryFn: loadUser });
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 className="title">
          <Trans>Profile</Trans>
        </h1>
      </header>
      {data && (
        <div className={styles.cards}>
          <NameCard user={data} />
          <EmailCard user={data} />
        </div>
      )}
      {!data && !error && <Skeleton />}
      {!data && error && (
        <Failed
          title={<Trans>Your profile could not be loaded</Trans>}
          problem={error}
          onRetry={() => void refetch()}
        />
      )}
    </main>
  );
}
