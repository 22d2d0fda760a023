import { Trans, useLingui } from '@lingui/react/macro';
import { Paperclip } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { isMac } from '../commands/keys.ts';
import { useValue } from '../value-store.ts';
import { ACCEPTED_TYPES } from '../writing/uploads.ts';
import type { Files } from '../writing/use-files.ts';
import styles from './composer.module.css';
import { enterSends } from './enter-sends.ts';
import { FilesLine } from './files-line.tsx';
import { SavedLine } from './saved-line.tsx';
import type { DraftText } from './use-draft-text.ts';

interface WritingBoxProps {
  readonly draft: DraftText;
  readonly files: Files;
  readonly label: string;
  readonly placeholder: string;
  readonly note?: boolean;
  readonly tabs?: ReactNode;
  /** Left of the buttons that send. */
  readonly tools?: ReactNode;
  readonly buttons: ReactNode;
  readonly onSend: () => void;
  readonly onTyping?: () => void;
  readonly textRef?: Ref<HTMLTextAreaElement>;
}

function AttachButton({ files }: { readonly files: Files }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        look="ghost"
        square
        aria-label={t`Attach files`}
        title={t`Attach files`}
        onClick={() => input.current?.click()}
      >
        <Paperclip />
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED_TYPES}
        onChange={(event) => {
          files.add(event.target.files ?? []);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** Esc leaves the field, so that single keys work again. */
const leaveField = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
  event.stopPropagation();
  event.currentTarget.blur();
};

/** Where somebody writes: a draft that is kept, files beside it, and what sends it. */
export function WritingBox({
  draft,
  files,
  label,
  placeholder,
  note,
  tabs,
  tools,
  buttons,
  onSend,
  onTyping,
  textRef,
}: WritingBoxProps) {
  const { t } = useLingui();
  const byEnter = useValue(enterSends);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') leaveField(event);
    if (event.key !== 'Enter') return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (!mod && (!byEnter || event.shiftKey)) return;
    event.preventDefault();
    onSend();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    files.add(event.clipboardData.files);
  };
  return (
    <div className={classNames(styles.box, note && styles.note)}>
      {tabs && (
        <div className={styles.tabs}>
          {tabs}
          <span className="grow" />
          <span className={styles.saved}>
            {draft.savedAtMs !== undefined && <SavedLine atMs={draft.savedAtMs} />}
          </span>
        </div>
      )}
      <textarea
        ref={textRef}
        className={styles.text}
        aria-label={label}
        placeholder={placeholder}
        value={draft.text}
        readOnly={draft.elsewhere}
        rows={2}
        maxLength={4000}
        dir="auto"
        onChange={(event) => {
          draft.write(event.target.value);
          onTyping?.();
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <FilesLine files={files} />
      {draft.elsewhere ? (
        <div className={styles.foot}>
          <span className="muted grow">
            <Trans>Being written in another window.</Trans>
          </span>
          <Button onClick={draft.takeOver} aria-label={t`Go on writing in this window`}>
            <Trans>Write here</Trans>
          </Button>
        </div>
      ) : (
        <div className={styles.foot}>
          <AttachButton files={files} />
          {tools}
          <span className="grow" />
          {buttons}
        </div>
      )}
    </div>
  );
}
