import { limitSettings } from '../../../lib/desk/catalogue.ts';
import { signInSettings } from '../../../lib/identity/settings/catalogue.ts';
import { rateSettings } from '../../../lib/platform/rate-limits/rates.ts';
import { isNumber, type Settings } from '../../../lib/platform/settings/define-settings.ts';

const sets: readonly Pick<Settings<unknown>, 'name' | 'settings'>[] = [
  limitSettings,
  signInSettings,
  rateSettings,
];

test.each(sets.map(({ name, settings }) => [name, settings] as const))(
  'R-DESK-01 each number of %s has a least and a greatest value, a default between them and a description',
  (_, settings) => {
    const numbers = Object.entries(settings).filter(([, setting]) => isNumber(setting));
    const amiss = numbers.filter(([, setting]) => {
      if (!isNumber(setting)) return true;
      const { min, initial, max, description } = setting;
      return !(min <= initial && initial <= max && min < max && /^[A-Z].{9,}\.$/.test(description));
    });
    expect(amiss).toEqual([]);
    expect(numbers.length).toBeGreaterThan(4);
  },
);

test.each(sets.map(({ name, settings }) => [name, settings] as const))(
  'R-DESK-01 everything else of %s is shipped as its schema takes it',
  (_, settings) => {
    const others = Object.values(settings).flatMap((setting) => (isNumber(setting) ? [] : [setting]));
    for (const { schema, initial } of others) expect(schema.parse(initial)).toEqual(initial);
    expect(Object.values(settings).length).toBeGreaterThan(others.length);
  },
);
