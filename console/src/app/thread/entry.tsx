import { useLingui } from '@lingui/react/macro';
import { File as FileIcon, Image } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Attachment } from '../../api/types.ts';
import { classNames } from '../../parts/class-names.ts';
import { Avatar } from '../../parts/person.tsx';
import { sizeText } from '../../parts/time-text.ts';
import styles from './entry.module.css';

function FileLine({
  file,
}: {
  readonly file: Pick<Attachment, 'fileName' | 'sizeBytes'> & {
    readonly url?: string;
    readonly contentType?: string;
  };
}) {
  const { i18n } = useLingui();
  const inside = (
    <>
      {file.contentType?.startsWith('image/') ? <Image /> : <FileIcon />}
      <span className="cut">{file.fileName}</span>
      <span className="muted num">{sizeText(file.sizeBytes, i18n.locale)}</span>
    </>
  );
  if (file.url === undefined) return <span className={styles.file}>{inside}</span>;
  return (
    <a className={styles.file} href={file.url} target="_blank" rel="noreferrer">
      {inside}
    </a>
  );
}

export interface EntryProps {
  readonly text: string;
  readonly files?: readonly (Pick<Attachment, 'fileName' | 'sizeBytes'> & {
    readonly url?: string;
    readonly contentType?: string;
  })[];
  /** For the initials; without one there are none. */
  readonly name?: string | undefined;
  /** Above it: whose, and when. */
  readonly who?: ReactNode;
  /** Below it: sent, read, refused. */
  readonly state?: ReactNode;
  readonly right?: boolean;
  /** `own`: in the accent's colour, as phones show what one has written. */
  readonly look?: 'plain' | 'own' | 'note' | 'waiting' | 'refused';
  readonly reason?: ReactNode;
}

const LOOKS: Readonly<Record<NonNullable<EntryProps['look']>, string | undefined>> = {
  plain: undefined,
  own: styles.strong,
  note: styles.note,
  waiting: styles.waiting,
  refused: styles.refused,
};

/** What somebody wrote. The text is shown as it is: nothing in it is markup. */
export function Entry({ text, files = [], name, who, state, right, look = 'plain', reason }: EntryProps) {
  return (
    <article
      className={classNames(
        styles.entry,
        right && styles.right,
        LOOKS[look],
        name === undefined && styles.bare,
      )}
    >
      {who !== undefined && <div className={styles.who}>{who}</div>}
      {name !== undefined && (
        <span className={styles.avatar}>
          <Avatar name={name} />
        </span>
      )}
      <div className={styles.body} dir="auto">
        {text}
        {reason !== undefined && <span className={styles.reason}>{reason}</span>}
        {files.map((file) => (
          <FileLine key={file.fileName} file={file} />
        ))}
      </div>
      {state !== undefined && <div className={styles.state}>{state}</div>}
    </article>
  );
}
