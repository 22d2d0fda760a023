import type { Runtime } from '../../platform/runtime.ts';
import type { Line, Ticket } from '../model.ts';
import { queryPage } from './table.ts';
import { type LineEntry, lineEntry, lineGroups, lineKey, linesKey } from './tickets.ts';

/** A count that stops being exact: `more` means at least so many. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** Up to here counts are exact (R-DESK-10). */
export const EXACT = 100;

const upTo = (found: number): Count => ({ count: Math.min(found, EXACT), more: found > EXACT });

/**
 * A waiting ticket's place among those of its desk, in the order they are served: earlier lines whole, then its own line
 * by (orderedAt, id). 1 is next; exact up to 100. Three bounded queries at most.
 */
export const findPosition = async (rt: Runtime, ticket: Ticket): Promise<Count> => {
  const own = lineKey(ticket);
  if (!own) throw new Error('only a waiting ticket has a place in line');
  const [ownGroup = '', ...place] = own.sk.split('#');
  const digit = ownGroup.slice(0, 1);
  const count = async (from: string, to: string): Promise<number> => {
    // One more than needed: the upper bound may be the ticket itself.
    const { items } = await queryPage(rt, { pk: own.pk, from, to, limit: EXACT + 1 });
    return items.filter((item) => item.sk !== own.sk).length;
  };
  const counts = await Promise.all([
    digit === '0' ? 0 : count('0', digit),
    ...lineGroups
      .filter((group) => group.startsWith(digit))
      .map((group) => count(`${group}#`, `${group}#${place.join('#')}`)),
  ]);
  return upTo(1 + counts.reduce((sum, each) => sum + each, 0));
};

export interface LineState {
  readonly line: Line;
  readonly waiting: Count;
  /** The ticket that is served first. */
  readonly head?: LineEntry;
}

const WHOLE_PAGE = 300;

const readGroups = async (rt: Runtime, deskId: string): Promise<LineEntry[]> => {
  const pk = linesKey(deskId);
  const whole = await queryPage(rt, { pk, limit: WHOLE_PAGE });
  if (!whole.next) return whole.items.map(lineEntry);
  const pages = await Promise.all(
    lineGroups.map((group) => queryPage(rt, { pk, beginsWith: `${group}#`, limit: EXACT + 1 })),
  );
  return pages.flatMap((page) => page.items.map(lineEntry));
};

const earlier = (a: LineEntry, b: LineEntry): LineEntry =>
  `${a.orderedAt}${a.ticketId}` < `${b.orderedAt}${b.ticketId}` ? a : b;

/** The three lines of a desk: one request while they are short, five when they are long. */
export const readLines = async (
  rt: Runtime,
  deskId: string,
  lines: readonly Line[],
): Promise<LineState[]> => {
  const entries = await readGroups(rt, deskId);
  return lines.map((line) => {
    const own = entries.filter((entry) => entry.line === line);
    const [first, ...rest] = own;
    return { line, waiting: upTo(own.length), ...(first && { head: rest.reduce(earlier, first) }) };
  });
};
