import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { problemText } from '../problem-text.ts';
import type { Files } from '../writing/use-files.ts';
import styles from './composer.module.css';

/** The files beside a text, each with how far it is or why it cannot go. */
export function FilesLine({ files }: { readonly files: Files }) {
  const { t, i18n } = useLingui();
  if (files.chosen.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.chosen.map(({ key, name, part, uploadId, problem }) => (
        <li key={key} className={styles.file}>
          <span className="cut">{name}</span>
          {problem !== undefined && <span className="urgent small cut">{problemText(problem, i18n)}</span>}
          {problem === undefined && uploadId === undefined && (
            <progress value={part} aria-label={t`Upload of ${name}`} />
          )}
          <button
            type="button"
            className={styles.small}
            aria-label={t`Remove ${name}`}
            onClick={() => files.remove(key)}
          >
            <X />
          </button>
        </li>
      ))}
    </ul>
  );
}
