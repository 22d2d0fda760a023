import * as fc from 'fast-check';
import type { LimitsRegistry } from '../../../lib/desk/model.ts';
import {
  changeLimits,
  effectiveLimits,
  initialLimits,
  type LimitsChange,
} from '../../../lib/desk/settings/limits.ts';

const pairs = (registry: LimitsRegistry) =>
  [registry.global, ...Object.keys(registry.desks).map((desk) => effectiveLimits(registry, desk))].map(
    ({ maxTicketsPerExecutor, maxUrgentTicketsPerExecutor }) =>
      maxUrgentTicketsPerExecutor <= maxTicketsPerExecutor,
  );

const cap = fc.integer({ min: 1, max: 6 });
const deskChange = fc.record(
  {
    maxTicketsPerExecutor: fc.option(cap),
    maxUrgentTicketsPerExecutor: fc.option(cap),
  },
  { requiredKeys: [] },
);
const globalChange = fc.record(
  { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: cap },
  { requiredKeys: [] },
);
const change: fc.Arbitrary<LimitsChange> = fc.oneof(
  globalChange.map((values) => ({ values })),
  fc.tuple(fc.constantFrom('dsk_a', 'dsk_b'), deskChange).map(([deskId, values]) => ({ deskId, values })),
);

describe('the limits registry', () => {
  test('R-DESK-01 whatever is changed in whatever order, no pair in force is ever broken', () => {
    void fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let registry = initialLimits;
        for (const each of changes) {
          const decision = changeLimits(registry, each);
          if (decision.kind === 'changed') registry = decision.registry;
          expect(pairs(registry)).not.toContain(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-01 a refused change names the scope it would break', () => {
    const own = changeLimits(initialLimits, { deskId: 'dsk_a', values: { maxUrgentTicketsPerExecutor: 4 } });
    if (own.kind !== 'changed') throw new Error(own.kind);
    const lower = changeLimits(own.registry, { values: { maxTicketsPerExecutor: 3 } });
    expect(lower).toEqual({ kind: 'broken-pair', deskId: 'dsk_a' });
    const global = changeLimits(own.registry, { values: { maxUrgentTicketsPerExecutor: 6 } });
    expect(global).toEqual({ kind: 'broken-pair', deskId: undefined });
  });
});
