import type { Runtime } from '../../platform/runtime.ts';
import { type Item, queryPage } from './table.ts';
import { type LineEntry, type LineGroup, lineEntries, lineGroups, linesKey } from './ticket-repository.ts';

export interface LineHeads {
  readonly entries: readonly LineEntry[];
  /** Whether some requested group has more than was read. */
  readonly more: boolean;
}

interface Span {
  readonly items: readonly Item[];
  readonly more: boolean;
}

const groupOf = (item: Item): string => item.sk.slice(0, 2);

interface Heads {
  readonly deskId: string;
  readonly limit: number;
  /** To explain, not to dispatch. */
  readonly lagging?: boolean;
}

const readSpan = async (
  rt: Runtime,
  { deskId, limit, lagging = false }: Heads,
  group?: LineGroup,
): Promise<Span> => {
  const items: Item[] = [];
  let after: Item | undefined;
  do {
    // A page ends at a megabyte, some 2 500 tickets.
    const page = await queryPage(rt, {
      pk: linesKey(deskId),
      limit: limit - items.length,
      after,
      lagging,
      ...(group && { beginsWith: `${group}#` }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < limit);
  return { items, more: after !== undefined };
};

const lineDigit = (group: string): string => group.slice(0, 1);

/** Groups a page from the start did not reach, but whose tickets could come before some of those it did. */
const unreadSiblings = (items: readonly Item[]): LineGroup[] => {
  const last = items.at(-1);
  if (!last) return [];
  const reached = groupOf(last);
  return lineGroups.filter((group) => group > reached && lineDigit(group) === lineDigit(reached));
};

/**
 * The heads of a desk's lines, read consistently unless they may lag. Ordinarily one request: the groups lie behind each other in serving
 * order, so a page that ends inside a group has all groups before it whole. Without urgent room anywhere the urgent
 * groups are left out, so that a thousand tickets nobody has room for cost nothing.
 */
export const readLineHeads = async (
  rt: Runtime,
  { urgentRoom, ...heads }: Heads & { urgentRoom: boolean },
): Promise<LineHeads> => {
  if (!urgentRoom) {
    const ordinary = lineGroups.filter((group) => group.endsWith('o'));
    return together(rt, await Promise.all(ordinary.map((group) => readSpan(rt, heads, group))));
  }
  const first = await readSpan(rt, heads);
  if (!first.more) return together(rt, [first]);
  const siblings = unreadSiblings(first.items);
  const rest = await Promise.all(siblings.map((group) => readSpan(rt, heads, group)));
  return { ...together(rt, [first, ...rest]), more: true };
};

const together = (rt: Runtime, spans: readonly Span[]): LineHeads => ({
  entries: lineEntries.readable(
    rt,
    spans.flatMap((span) => span.items),
  ).items,
  more: spans.some((span) => span.more),
});
