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

  const changed = (registry: LimitsRegistry, change: LimitsChange): LimitsRegistry => {
    const decision = changeLimits(registry, change);
    if (decision.kind !== 'changed') throw new Error(decision.kind);
    return decision.registry;
  };

  test('R-DESK-01 a desk goes by its own value while it has one, and by the global one again afterwards', () => {
    const own = changed(initialLimits, { deskId: 'dsk_a', values: { maxWaitSec: 77 } });
    expect(effectiveLimits(own, 'dsk_a')).toMatchObject({ maxWaitSec: 77, maxUrgentWaitSec: 60, version: 1 });
    expect(effectiveLimits(own, 'dsk_b')).toMatchObject({ maxWaitSec: 300, version: 1 });
    const without = changed(own, { deskId: 'dsk_a', values: { maxWaitSec: null } });
    expect(effectiveLimits(without, 'dsk_a')).toMatchObject({ maxWaitSec: 300, version: 2 });
    expect(without.desks.dsk_a).toEqual({});
  });

  test('R-DESK-01 a change leaves the values that it does not name, undefined ones too', () => {
    const first = changed(initialLimits, { deskId: 'dsk_a', values: { maxWaitSec: 77 } });
    const second = changed(first, { deskId: 'dsk_a', values: { maxUrgentWaitSec: 9, maxWaitSec: 77 } });
    expect(second.desks.dsk_a).toEqual({ maxWaitSec: 77, maxUrgentWaitSec: 9 });
    const third = changed(second, {
      deskId: 'dsk_a',
      values: { heartbeatPeriodSec: 5, missedHeartbeats: undefined },
    });
    expect(effectiveLimits(third, 'dsk_a')).toMatchObject({ missedHeartbeats: 3, heartbeatPeriodSec: 5 });
  });

  test('R-DESK-01 the urgent cap may reach the cap, and not pass it', () => {
    const urgentCap = (maxUrgentTicketsPerExecutor: number) =>
      changeLimits(initialLimits, { values: { maxUrgentTicketsPerExecutor } }).kind;
    expect([urgentCap(5), urgentCap(6)]).toEqual(['changed', 'broken-pair']);
  });

  test('R-DESK-01 a change that changes nothing makes no version', () => {
    expect(changeLimits(initialLimits, { values: { maxWaitSec: 300 } })).toEqual({ kind: 'unchanged' });
    const own = changed(initialLimits, { deskId: 'dsk_a', values: { maxWaitSec: 77 } });
    expect(changeLimits(own, { deskId: 'dsk_a', values: { maxWaitSec: 77 } })).toEqual({ kind: 'unchanged' });
  });
});
