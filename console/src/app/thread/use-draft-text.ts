import { useState } from 'react';
import { useServerNow } from '../../parts/now.ts';
import { isTypedElsewhere } from '../writing/draft.ts';
import { type DraftKey, TAB, useDraft, writeDraft } from '../writing/drafts.ts';

export interface DraftText {
  readonly text: string;
  readonly savedAtMs: number | undefined;
  readonly write: (text: string) => void;
  /** Being typed in another window: shown, and taken over by a button. */
  readonly elsewhere: boolean;
  readonly takeOver: () => void;
}

/** The text of a draft, shared by all windows of its user. */
export const useDraftText = (key: DraftKey): DraftText => {
  const draft = useDraft(key);
  const [taken, setTaken] = useState(0);
  useServerNow(1000);
  return {
    text: draft?.text ?? '',
    savedAtMs: draft?.atMs,
    write: (text) => writeDraft(key, text),
    elsewhere: isTypedElsewhere(draft, TAB, Date.now()) && (draft?.atMs ?? 0) > taken,
    takeOver: () => setTaken(Date.now()),
  };
};
