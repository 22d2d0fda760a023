import fc from 'fast-check';
import type { Caps, DayHours, Hours, LawPreset } from '../../../lib/sms/core/registry-model.ts';
import { looserIn } from '../../../lib/sms/rules/strictness.ts';
import { classify, preset, WIDE } from './facts.ts';

const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

const hours: fc.Arbitrary<Hours | null> = fc.option(
  fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
    .map(([a, b]) => ({ from: clock(Math.min(a, b - 1)), to: clock(Math.max(a + 1, b)) })),
  { freq: 5 },
);
const dayHours: fc.Arbitrary<DayHours> = fc.record({
  workday: hours,
  saturday: hours,
  sunday: hours,
  holiday: hours,
});
const cap = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const caps = fc.record({ perDay: cap, perWeek: cap, perMonth: cap }) as fc.Arbitrary<Caps>;

/** A version of RU-230, or much the same with something else in it. */
const law: fc.Arbitrary<LawPreset> = fc
  .record({ hours: dayHours, caps, consent: fc.boolean() })
  .map((demands) => ({ ...preset('RU-230'), ...demands }));

/** The second is the first with a little changed, so that many pairs are near each other. */
const pairs = law.chain((before) =>
  fc.tuple(
    fc.constant(before),
    fc.oneof(
      law,
      law.map(({ hours: other }) => ({
        ...before,
        hours: { ...before.hours, ...{ workday: other?.workday ?? null } } as DayHours,
      })),
      law.map((other) => ({ ...before, caps: { ...before.caps, perDay: other.caps?.perDay } as Caps })),
    ),
  ),
);

const moments = fc
  .integer({ min: Date.UTC(2026, 0, 2) / 900_000, max: Date.UTC(2027, 5, 1) / 900_000 })
  .map((quarter) => new Date(quarter * 900_000).toISOString());
const planned = fc
  .array(fc.integer({ min: 0, max: 500 }), { maxLength: 6 })
  .map((days) =>
    Object.fromEntries(
      days.map((day, n) => [
        `sms_x${n}`,
        new Date(Date.UTC(2026, 0, 2) + day * 86_400_000).toISOString().slice(0, 10),
      ]),
    ),
  );

test('R-SMS-06 whatever a version that is looser in nothing allows, the one before allowed as well', () => {
  let held = 0;
  fc.assert(
    fc.property(pairs, moments, planned, fc.boolean(), ([before, after], at, counted, consented) => {
      if (looserIn(before, after).length > 0) return;
      held += 1;
      const ask = (each: LawPreset) =>
        classify(at, {
          about: { overCap: 'deny', zone: 'Europe/Moscow' },
          facts: {
            presets: [each],
            planned: counted,
            settings: WIDE,
            ...(!consented && { consent: undefined }),
          },
        }).verdict;
      if (ask(after) === 'allow') expect(ask(before)).toBe('allow');
    }),
    { numRuns: 2000 },
  );
  expect(held).toBeGreaterThan(100);
});

test('R-SMS-06 a version is never looser than itself, and what is taken away is looser', () => {
  fc.assert(fc.property(law, (each) => looserIn(each, each).length === 0));
  const full = { ...preset('RU-230'), consent: true, optOut: true };
  expect(looserIn(full, {})).toEqual(['hours', 'caps', 'consent', 'optOut']);
  expect(looserIn({}, full)).toEqual([]);
});
