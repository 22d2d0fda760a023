import type { ThreadEntry } from '../../api/types.ts';

type Timed = Pick<ThreadEntry, 'messageId' | 'kind' | 'at'>;

const after = (at: string, mark: string | undefined): boolean =>
  mark === undefined || Date.parse(at) > Date.parse(mark);

/** The first entry of the other side that the reader has not seen; undefined: none. @param readUpTo ISO; none: nothing was read */
export const firstUnread = (
  entries: readonly Timed[],
  readUpTo: string | undefined,
  theirs: ThreadEntry['kind'],
): string | undefined => entries.find(({ kind, at }) => kind === theirs && after(at, readUpTo))?.messageId;

/** Whether the other side has read an entry. */
export const isRead = ({ at }: Timed, readUpTo: string | undefined): boolean =>
  readUpTo !== undefined && !after(at, readUpTo);

/** The last entry that the reader's own side wrote to the other: the one whose tick matters. */
export const lastOf = (entries: readonly Timed[], kind: ThreadEntry['kind']): string | undefined =>
  entries.findLast((entry) => entry.kind === kind)?.messageId;
