import fc from 'fast-check';
import type { Caps, Hours, LegalEntity } from '../../../lib/sms/core/registry-model.ts';
import { DEMANDS, demandsInForce, edited, looserDemands } from '../../../lib/sms/rules/demands.ts';
import type { EntityChange } from '../../../lib/sms/rules/entity-change.ts';
import { changedEntity } from '../../../lib/sms/rules/entity-change.ts';
import { anEntity } from './facts.ts';

const TODAY = Date.parse('2026-03-02T07:00:00.000Z');
const [TOMORROW, FROM] = [Date.parse('2026-03-03T07:00:00.000Z'), '2026-03-03'];

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const hours: fc.Arbitrary<Hours> = fc
  .tuple(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 1, max: 2 }))
  .map(([from, length]) => ({ from: clock(from), to: clock(from + length) }));
const cap = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const caps = fc.record({ perDay: cap, perWeek: cap }) as fc.Arbitrary<Caps>;
const codes = fc.uniqueArray(fc.constantFrom('RU-230', 'US-REGF', 'X'), { maxLength: 2 });

const change: fc.Arbitrary<EntityChange> = fc.record(
  {
    name: fc.constantFrom('A', 'B'),
    country: fc.constantFrom('RU', 'US'),
    window: fc.option(hours),
    windowForTransactional: fc.boolean(),
    limits: fc.record({ debt: caps, marketing: caps }, { requiredKeys: [] }),
    presets: fc.record({ debt: codes, marketing: codes }, { requiredKeys: [] }),
    stopWords: codes,
  },
  { requiredKeys: [] },
);

const entities: fc.Arbitrary<LegalEntity> = change.map((made) => changedEntity(anEntity(), made));

/** Where two have nothing in common, the one before holds. */
const NEAREST: readonly string[] = ['country', 'window'];

/** Without what no longer says anything: categories without caps or laws. */
const plain = (entity: LegalEntity): unknown => {
  const said = (each: object): boolean => Object.values(each).some((value) => value !== undefined);
  const filled = (by: object) => Object.fromEntries(Object.entries(by).filter(([, each]) => said(each)));
  const sorted = Object.fromEntries(
    Object.entries(filled(entity.presets)).map(([name, all]) => [name, [...all].toSorted()]),
  );
  return { ...entity, limits: filled(entity.limits), presets: sorted };
};

test('R-SMS-06 until its day an edited entity allows nothing that it did not allow, keeps the stricter of the edit, and then is as it was edited', () => {
  fc.assert(
    fc.property(entities, change, (before, said) => {
      const { after } = edited(before, said, FROM);
      const requested = changedEntity(before, said);
      const today = demandsInForce(after, TODAY);
      expect(looserDemands(before, today)).toEqual([]);
      expect(looserDemands(requested, today).filter((each) => !NEAREST.includes(each))).toEqual([]);
      expect(plain(demandsInForce(after, TOMORROW))).toEqual(plain(requested));
    }),
    { numRuns: 500 },
  );
});

test('R-SMS-06 no round of edits that are looser in nothing ever makes an entity looser than it began', () => {
  fc.assert(
    fc.property(entities, fc.array(change, { maxLength: 5 }), (first, round) => {
      let now = first;
      for (const said of round) {
        const { after, looser } = edited(now, said, FROM);
        if (looser.length === 0) now = after;
      }
      expect(looserDemands(first, demandsInForce(now, TOMORROW))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('R-SMS-06 what waits goes on waiting when another demand is edited, and ends when it is said anew', () => {
  const before = anEntity({ window: { from: '10:00', to: '18:00' }, windowForTransactional: true });
  const loose = edited(before, { window: null }, FROM).after;
  expect(loose).toMatchObject({ window: { from: '10:00', to: '18:00' }, next: { from: FROM, window: null } });
  const named = edited(loose, { name: 'B', stopWords: ['NEIN'] }, '2026-03-09').after;
  expect(named.next).toEqual({ from: FROM, window: null });
  const both = edited(named, { windowForTransactional: false }, '2026-03-09').after;
  expect(both.next).toEqual({ from: '2026-03-09', window: null, windowForTransactional: false });
  const narrow = { from: '11:00', to: '17:00' };
  const again = edited(both, { window: narrow, windowForTransactional: true }, '2026-03-09').after;
  expect([again.window, again.next]).toEqual([narrow, undefined]);
});

test.each([
  [{ window: null }, ['window']],
  [{ window: { from: '09:00', to: '17:00' } }, ['window']],
  [{ window: { from: '11:00', to: '18:01' } }, ['window']],
  [{ windowForTransactional: false }, ['windowForTransactional']],
  [{ limits: {} }, ['limits']],
  [{ limits: { debt: { perWeek: 3 } } }, ['limits']],
  [{ limits: { debt: { perDay: 2, perWeek: 3 } } }, ['limits']],
  [{ presets: {} }, ['presets']],
  [{ presets: { debt: ['US-REGF'] } }, ['presets']],
  [{ presets: { marketing: ['RU-230'] } }, ['presets']],
  [{ stopWords: [] }, ['stopWords']],
  [{ country: 'US' }, ['country']],
  [{ name: 'B', senderName: null, window: { from: '11:00', to: '17:00' } }, []],
  [{ limits: { debt: { perDay: 1, perWeek: 3, perMonth: 9 }, marketing: { perDay: 1 } } }, []],
  [{ presets: { debt: ['RU-230', 'US-REGF'] }, stopWords: ['NEIN', 'AUS'] }, []],
] as const)('R-SMS-06 an edit of %j is looser in %j', (said, looser) => {
  const before = anEntity({
    window: { from: '10:00', to: '18:00' },
    windowForTransactional: true,
    limits: { debt: { perDay: 1, perWeek: 3 } },
    presets: { debt: ['RU-230'] },
    stopWords: ['NEIN'],
  });
  expect(edited(before, said, FROM).looser).toEqual(looser);
  expect(DEMANDS).toEqual(expect.arrayContaining([...looser]));
});
