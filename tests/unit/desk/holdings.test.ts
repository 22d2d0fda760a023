import fc from 'fast-check';
import {
  emptyLayout,
  type Holding,
  type Holdings,
  type Layout,
  type NextLayout,
  nextLayout,
  packedHoldings,
  setsOf,
  unpackedHoldings,
} from '../../../lib/desk/core/holdings.ts';

const ticket = (n: number): string => `tkt_019b8d2b-8c00-7000-8005-${n.toString(16).padStart(12, '0')}`;
const kind = fc.constantFrom<Holding>('ordinary', 'urgent', 'parked');
const holdings = fc
  .uniqueArray(fc.tuple(fc.nat(400), kind), { selector: ([n]) => n, maxLength: 250 })
  .map((entries): Holdings => new Map(entries.map(([n, each]) => [ticket(n), each])));

const all = ({ inline, blocks }: Layout): Map<string, Holding> =>
  new Map([inline, ...blocks.values()].flatMap((part) => [...part]));
const total = ({ inline, blocks }: Layout): number =>
  [inline, ...blocks.values()].reduce((sum, part) => sum + part.size, 0);

/** One ticket after the other, from nothing to so many. */
const filled = (count: number): { layout: Layout; written: number } => {
  let layout: Layout = emptyLayout;
  let written = 0;
  const now = new Map<string, Holding>();
  for (let n = 0; n < count; n += 1) {
    now.set(ticket(n), 'ordinary');
    const next: NextLayout = nextLayout(layout, now);
    written += next.changed.length;
    layout = next;
  }
  return { layout, written };
};

describe('what an executor holds, as it is stored', () => {
  test('R-DESK-07 each ticket stands in one place, whatever was held before', () => {
    fc.assert(
      fc.property(fc.array(holdings, { minLength: 1, maxLength: 6 }), (versions) => {
        versions.reduce<Layout>((layout, now) => {
          const next = nextLayout(layout, now);
          expect(all(next)).toEqual(new Map(now));
          expect(total(next)).toBe(now.size);
          expect(next.inline.size).toBeLessThanOrEqual(24);
          for (const { size } of next.blocks.values()) expect(size).toBeLessThanOrEqual(100);
          return next;
        }, emptyLayout);
      }),
    );
  });

  test('R-DESK-07 what is not said to have changed stands as it stood', () => {
    fc.assert(
      fc.property(holdings, holdings, (then, now) => {
        const before = nextLayout(emptyLayout, then);
        const { blocks, changed } = nextLayout(before, now);
        const numbers = new Set([...before.blocks.keys(), ...blocks.keys()]);
        for (const number of numbers.difference(new Set(changed)))
          expect(blocks.get(number)).toEqual(before.blocks.get(number));
      }),
    );
  });

  test('R-DESK-06 a block is written once in some twenty assignments', () => {
    const { layout, written } = filled(200);
    expect(written).toBeLessThanOrEqual(10);
    expect(layout.blocks.size).toBeLessThanOrEqual(3);
  });

  test('R-DESK-07 what is packed is read again, sixteen bytes a ticket', () => {
    fc.assert(
      fc.property(holdings, (each) => {
        const packed = packedHoldings(each);
        expect(unpackedHoldings(packed)).toEqual(new Map(each));
        expect(Object.values(packed).reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0)).toBe(
          16 * each.size,
        );
      }),
    );
  });

  test('R-DESK-07 urgent ones are among the open, parked ones are not', () => {
    const held = new Map<string, Holding>([
      [ticket(1), 'urgent'],
      [ticket(2), 'parked'],
      [ticket(3), 'ordinary'],
    ]);
    expect(setsOf([held])).toEqual({
      open: [ticket(1), ticket(3)],
      openUrgent: [ticket(1)],
      parked: [ticket(2)],
    });
  });

  test('R-DESK-07 an id that is no UUID is refused and not cut', () => {
    expect(() => packedHoldings(new Map([['tkt_x', 'ordinary']]))).toThrow('no UUID');
  });
});
