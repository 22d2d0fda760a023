import type { ExecutorRow } from '../types.ts';

export type Cell = 'urgent' | 'urgent-pending' | 'pending' | 'accepted' | 'free';

/** More are said as a number. */
const DRAWN = 16;

/** What somebody has in hand, a cell for each ticket, and their free places when they are online. */
export const cellsOf = (
  { open, openUrgent, unaccepted, presence }: ExecutorRow,
  cap: number,
): { readonly cells: readonly Cell[]; readonly more: number } => {
  const pending = Math.min(unaccepted, open - openUrgent);
  const urgentPending = Math.min(unaccepted - pending, openUrgent);
  const of = (cell: Cell, count: number): Cell[] => Array.from({ length: Math.max(0, count) }, () => cell);
  const cells = [
    ...of('pending', pending),
    ...of('urgent-pending', urgentPending),
    ...of('urgent', openUrgent - urgentPending),
    ...of('accepted', open - openUrgent - pending),
    ...of('free', presence === 'online' ? cap - open : 0),
  ];
  return { cells: cells.slice(0, DRAWN), more: Math.max(0, open - DRAWN) };
};

/**
 * Rows in the order they were first shown in, so that nothing moves under the pointer: new ones come last.
 * @param order of the ids as they stand on the screen
 */
export const steadyRows = (
  rows: readonly ExecutorRow[],
  order: readonly string[],
): { readonly rows: readonly ExecutorRow[]; readonly moved: boolean } => {
  const byId = new Map(rows.map((row) => [row.executorId, row]));
  const kept = order.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(order);
  const steady = [...kept, ...rows.filter(({ executorId }) => !known.has(executorId))];
  return { rows: steady, moved: steady.some((row, index) => row !== rows[index]) };
};
