import type { ThreadEntry } from '../../api/types.ts';

/** Entries that somebody wrote. What the product notes of a ticket is shown as an event, in the reader's language. */
export const written = (entries: readonly ThreadEntry[]): readonly ThreadEntry[] =>
  entries.filter(({ kind }) => kind !== 'system');

/** The reason that was given when a ticket was closed. */
export const closingReason = (entries: readonly ThreadEntry[]): string | undefined => {
  const noted = entries
    .filter(({ kind }) => kind === 'system')
    .map(({ text }) => /^Closed: (.+)$/s.exec(text)?.[1]);
  return noted.findLast((reason) => reason !== undefined);
};
