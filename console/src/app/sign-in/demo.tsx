import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Avatar } from '../../parts/person.tsx';
import { resumeSession } from '../session/session-keeper.ts';
import { loadDemoPeople, signInAsDemo } from './demo-people.ts';
import styles from './sign-in.module.css';

/** One click for each of the demo's people. */
export function Demo() {
  const { data: people = [] } = useQuery({
    queryKey: ['demo-people'],
    queryFn: loadDemoPeople,
    staleTime: Infinity,
  });
  if (people.length === 0) return null;
  return (
    <div>
      <span className="small muted">
        <Trans>This is a demo on your machine. Sign in as</Trans>
      </span>
      <div className={styles.people}>
        {people.map(({ name, displayName, roles }) => (
          <button
            key={name}
            type="button"
            className={styles.person}
            onClick={() => void signInAsDemo(name).then(resumeSession)}
          >
            <Avatar name={displayName} />
            <span className="grow">
              <span className="strong cut">{displayName}</span>
              <span className="small muted cut">{roles.join(', ')}</span>
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
