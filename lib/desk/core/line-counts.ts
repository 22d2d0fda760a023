import type { Runtime } from '../../platform/runtime.ts';
import { type Line, lines, type Ticket } from '../model.ts';
import { type Count, countSection, readSections, type Section } from './section-repository.ts';
import { queryPage } from './table.ts';
import { type LineEntry, lineEntries, lineGroups, lineKey, lineRank, linesKey } from './ticket-repository.ts';

/** Up to here counts are exact (R-DESK-10). */
export const EXACT = 100;

const upTo = (found: number): Count => ({ count: Math.min(found, EXACT), more: found > EXACT });

/**
 * A waiting ticket's position among those of its desk, in the order they are served: earlier lines whole, then its own line
 * by (orderedAt, id). 1 is next; exact up to 100. Three bounded queries at most, which may lag.
 */
export const findPosition = async (rt: Runtime, ticket: Ticket): Promise<Count> => {
  const own = lineKey(ticket);
  if (!own) throw new Error('only a waiting ticket has a place in line');
  const [ownGroup = '', ...place] = own.sk.split('#');
  const digit = ownGroup.slice(0, 1);
  const count = async (from: string, to: string): Promise<number> => {
    // One more than needed: the upper bound may be the ticket itself.
    const { items } = await queryPage(rt, { pk: own.pk, from, to, limit: EXACT + 1, lagging: true });
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

const earlier = (a: LineEntry, b: LineEntry): LineEntry =>
  `${a.orderedAt}${a.ticketId}` < `${b.orderedAt}${b.ticketId}` ? a : b;

/** Groups of a line that may begin behind what was read of it: their first could be the line's first. */
const unseenGroups = ({ items, more }: Section): readonly string[] => {
  const last = items.at(-1)?.sk ?? '';
  return more
    ? lineGroups.filter((group) => group[0] === last[0] && group > last.slice(0, group.length))
    : [];
};

const readHead = async (rt: Runtime, pk: string, section: Section): Promise<LineEntry | undefined> => {
  const others = await Promise.all(
    unseenGroups(section).map((group) =>
      queryPage(rt, { pk, beginsWith: `${group}#`, limit: 1, lagging: true }),
    ),
  );
  const items = [section, ...others].flatMap((each) => each.items);
  const [first, ...rest] = lineEntries.readable(rt, items).items;
  return first && rest.reduce(earlier, first);
};

/** The three lines of a desk as they lately were, their counts exact up to `exactTo`, which is 100 at least. */
export const readLines = async (
  rt: Runtime,
  deskId: string,
  exactTo: number = EXACT,
): Promise<LineState[]> => {
  const pk = linesKey(deskId);
  const prefixes = lines.map((line) => lineRank[line]);
  const sections = await readSections(rt, { pk, prefixes, atMost: EXACT });
  return Promise.all(
    lines.map(async (line, index): Promise<LineState> => {
      const section = sections[index] ?? { items: [], more: false };
      const [head, waiting] = await Promise.all([
        readHead(rt, pk, section),
        countSection(rt, section, { pk, prefix: lineRank[line], atMost: exactTo }),
      ]);
      return { line, waiting, ...(head && { head }) };
    }),
  );
};
