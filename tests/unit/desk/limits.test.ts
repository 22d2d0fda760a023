import * as fc from 'fast-check';
import { limitSettings } from '../../../lib/desk/catalogue.ts';
import {
  effectiveLimits,
  type GlobalLimits,
  initialLimits,
  type OwnLimits,
} from '../../../lib/desk/core/limits.ts';
import type { LimitValues } from '../../../lib/desk/model.ts';
import { noOwnSettings } from '../../../lib/platform/settings/define-settings.ts';
import {
  changeSettings,
  type PairGuard,
  type SeenSettings,
  type SettingsChange,
  setAlone,
} from '../../../lib/platform/settings/settings-change.ts';

type LimitsChange = SettingsChange<LimitValues>;

interface Registry {
  readonly global: GlobalLimits;
  readonly desks: Readonly<Record<string, OwnLimits>>;
}

const shipped: Registry = { global: initialLimits, desks: {} };
const CAP = 'maxTicketsPerExecutor';
const URGENT_CAP = 'maxUrgentTicketsPerExecutor';
const alone = (values: OwnLimits['values']) => setAlone([URGENT_CAP, CAP], values);

/** As the repository finds it: the nearest desk of each kind. */
const guardOf = ({ desks }: Registry): PairGuard => {
  const setting = (name: string) =>
    Object.entries(desks)
      .flatMap(([scopeId, { values }]) => {
        const own = alone(values);
        return own?.name === name ? [{ scopeId, value: own.value }] : [];
      })
      .sort((a, b) => a.value - b.value);
  return { lowestHigh: setting(CAP)[0], highestLow: setting(URGENT_CAP).at(-1) };
};

const seenOf = (registry: Registry, deskId?: string): SeenSettings<LimitValues> => ({
  global: registry.global,
  own: (deskId && registry.desks[deskId]) || noOwnSettings,
  guards: [guardOf(registry)],
});

const decide = (registry: Registry, change: LimitsChange) =>
  changeSettings(limitSettings, seenOf(registry, change.scopeId), change);

const applied = (registry: Registry, change: LimitsChange): Registry => {
  const decision = decide(registry, change);
  if (decision.kind !== 'changed') return registry;
  const sequence = registry.global.sequence + 1;
  const { scopeId } = change;
  if (scopeId === undefined) {
    const values = { ...registry.global.values, ...decision.values };
    return { ...registry, global: { version: sequence, sequence, values } };
  }
  return {
    global: { ...registry.global, sequence },
    desks: { ...registry.desks, [scopeId]: { version: sequence, values: decision.values } },
  };
};

const inForce = ({ global, desks }: Registry, deskId: string) => effectiveLimits(global, desks[deskId]);

const pairs = (registry: Registry) =>
  [registry.global.values, ...Object.keys(registry.desks).map((desk) => inForce(registry, desk))].map(
    ({ maxTicketsPerExecutor, maxUrgentTicketsPerExecutor }) =>
      maxUrgentTicketsPerExecutor <= maxTicketsPerExecutor,
  );

const cap = fc.integer({ min: 1, max: 6 });
const deskChange = fc.record({ [CAP]: fc.option(cap), [URGENT_CAP]: fc.option(cap) }, { requiredKeys: [] });
const globalChange = fc.record({ [CAP]: cap, [URGENT_CAP]: cap }, { requiredKeys: [] });
const change: fc.Arbitrary<LimitsChange> = fc.oneof(
  globalChange.map((values) => ({ values })),
  fc.tuple(fc.constantFrom('dsk_a', 'dsk_b'), deskChange).map(([scopeId, values]) => ({ scopeId, values })),
);

/** What a desk would have set itself, had its change been let through. */
const forcedOwn = (registry: Registry, { scopeId = '', values }: LimitsChange): OwnLimits['values'] =>
  Object.fromEntries(
    Object.entries({ ...registry.desks[scopeId]?.values, ...values }).filter(([, value]) => value !== null),
  );

const aDesk = (values: OwnLimits['values']): Registry => applied(shipped, { scopeId: 'dsk_a', values });

describe('the limits registry', () => {
  test('R-DESK-01 whatever is changed in whatever order, no pair in force is ever broken', () => {
    void fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let registry = shipped;
        for (const each of changes) {
          registry = applied(registry, each);
          expect(pairs(registry)).not.toContain(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-01 nothing is refused that breaks no pair: the nearest desks stand for all', () => {
    void fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let registry = shipped;
        for (const each of changes) {
          const decision = decide(registry, each);
          if (decision.kind === 'broken-pair') {
            const values = Object.fromEntries(
              Object.entries(each.values).filter(([, value]) => value !== null),
            );
            const forced: Registry = each.scopeId
              ? {
                  ...registry,
                  desks: {
                    ...registry.desks,
                    [each.scopeId]: { version: 0, values: forcedOwn(registry, each) },
                  },
                }
              : {
                  ...registry,
                  global: { ...registry.global, values: { ...registry.global.values, ...values } },
                };
            expect(pairs(forced)).toContain(false);
          }
          registry = applied(registry, each);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-01 a refused change names the scope it would break', () => {
    const own = aDesk({ maxUrgentTicketsPerExecutor: 4 });
    const lower = decide(own, { values: { maxTicketsPerExecutor: 3 } });
    expect(lower).toMatchObject({ kind: 'broken-pair', scopeId: 'dsk_a' });
    const global = decide(own, { values: { maxUrgentTicketsPerExecutor: 6 } });
    expect(global).toMatchObject({ kind: 'broken-pair', scopeId: undefined });
    const capped = aDesk({ maxTicketsPerExecutor: 3 });
    expect(decide(capped, { values: { maxUrgentTicketsPerExecutor: 4 } })).toMatchObject({
      kind: 'broken-pair',
      scopeId: 'dsk_a',
    });
  });

  test.each<[OwnLimits['values'], ReturnType<typeof setAlone>]>([
    [{}, undefined],
    [{ maxWaitSec: 60 }, undefined],
    [{ maxTicketsPerExecutor: 3 }, { name: CAP, value: 3 }],
    [{ maxUrgentTicketsPerExecutor: 4 }, { name: URGENT_CAP, value: 4 }],
    [{ maxTicketsPerExecutor: 3, maxUrgentTicketsPerExecutor: 2 }, undefined],
  ])('R-DESK-01 a desk that sets %j stands at %j in the way of global changes', (values, place) => {
    expect(alone(values)).toEqual(place);
  });

  test('R-DESK-01 a desk goes by its own value while it has one, and by the global one again afterwards', () => {
    const own = aDesk({ maxWaitSec: 77 });
    expect(inForce(own, 'dsk_a')).toMatchObject({ maxWaitSec: 77, maxUrgentWaitSec: 60, version: 1 });
    expect(inForce(own, 'dsk_b')).toMatchObject({ maxWaitSec: 300, version: 0 });
    const without = applied(own, { scopeId: 'dsk_a', values: { maxWaitSec: null } });
    expect(inForce(without, 'dsk_a')).toMatchObject({ maxWaitSec: 300, version: 2 });
    expect(without.desks.dsk_a?.values).toEqual({});
  });

  test('R-DESK-01 a change leaves the values that it does not name, undefined ones too', () => {
    const first = aDesk({ maxWaitSec: 77 });
    const second = applied(first, { scopeId: 'dsk_a', values: { maxUrgentWaitSec: 9, maxWaitSec: 77 } });
    expect(second.desks.dsk_a?.values).toEqual({ maxWaitSec: 77, maxUrgentWaitSec: 9 });
    const third = applied(second, {
      scopeId: 'dsk_a',
      values: { heartbeatPeriodSec: 5, missedHeartbeats: undefined } as LimitsChange['values'],
    });
    expect(inForce(third, 'dsk_a')).toMatchObject({ missedHeartbeats: 3, heartbeatPeriodSec: 5 });
  });

  test('R-DESK-01 the urgent cap may reach the cap, and not pass it', () => {
    const urgentCap = (maxUrgentTicketsPerExecutor: number) =>
      decide(shipped, { values: { maxUrgentTicketsPerExecutor } }).kind;
    expect([urgentCap(5), urgentCap(6)]).toEqual(['changed', 'broken-pair']);
  });

  test('R-DESK-01 a change that changes nothing makes no version', () => {
    expect(decide(shipped, { values: { maxWaitSec: 300 } })).toEqual({ kind: 'unchanged' });
    const own = aDesk({ maxWaitSec: 77 });
    expect(decide(own, { scopeId: 'dsk_a', values: { maxWaitSec: 77 } })).toEqual({ kind: 'unchanged' });
  });
});
