import fc from 'fast-check';

type Path = readonly (string | number)[];

/** Every place in a value, the value itself first. */
const placesIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => placesIn(part, [...path, key]))];
};

type Change = (old: unknown) => unknown;

/** A copy with the value at one place changed; `undefined` from the change removes it. */
const changedAt = (value: unknown, [key, ...rest]: Path, change: Change): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((part, index) => {
      const changed = index === key ? changedAt(part, rest, change) : part;
      return changed === undefined ? [] : [changed];
    });
  }
  const entries = Object.entries(value as object).map(([name, part]) => [
    name,
    name === key ? changedAt(part, rest, change) : part,
  ]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
};

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  '🙈'.repeat(3),
  '\u202e‮x',
  'x'.repeat(4001),
  '../../etc/passwd',
  "'; DROP TABLE tickets; --",
  '2026-02-30T25:00:00Z',
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  { toString: 1 },
];

const ODD_KEYS = ['unknown', '', '__proto__', 'constructor', '$where', 'toString', 'x'.repeat(300)];

/** Adds a field as JSON can, even one that assignment would take for the prototype. */
const withKey =
  (key: string): Change =>
  (old) => {
    if (Array.isArray(old)) return [...old, { [key]: 1 }];
    if (typeof old !== 'object' || old === null) return { [key]: old };
    const copy = { ...old };
    Object.defineProperty(copy, key, { value: { admin: true }, enumerable: true, configurable: true });
    return copy;
  };

const changes: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...ODD_VALUES).map(
      (odd): Change =>
        () =>
          odd,
    ),
  },
  { weight: 2, arbitrary: fc.constant<Change>(() => undefined) },
  { weight: 3, arbitrary: fc.constantFrom(...ODD_KEYS).map(withKey) },
);

/** The value with one place in it broken: another type, missing, unknown field, out of range, hostile text. */
export const oneBroken = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...placesIn(value)), changes)
    .map(([place, change]) => changedAt(value, place, change));
