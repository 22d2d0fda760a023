import * as fc from 'fast-check';
import type { Plain } from '../engine/store/store.ts';

/** A piece of an expression: text, a value or a name that gets a placeholder. */
type Bit = string | { readonly value: unknown; readonly isUnused?: true } | { readonly name: string };
type Bits = readonly Bit[];

export interface Rendered {
  readonly text: string;
  readonly ExpressionAttributeNames: Plain;
  readonly ExpressionAttributeValues: Plain;
}

/** Gives every value and name in it a placeholder that begins so. */
const rendered = (bits: Bits, prefix: string): Rendered => {
  const [names, values]: [Plain, Plain] = [{}, {}];
  const text = bits.map((bit, index) => {
    if (typeof bit === 'string') return bit;
    const token = 'name' in bit ? `#${prefix}${index}` : `:${prefix}${index}`;
    if ('name' in bit) names[token] = bit.name;
    else values[token] = bit.value;
    return 'isUnused' in bit ? '' : token;
  });
  return { text: text.join(''), ExpressionAttributeNames: names, ExpressionAttributeValues: values };
};

/** A request's expressions with what they refer to. */
export const withExpressions = (request: Plain, expressions: Readonly<Record<string, Rendered>>): Plain => {
  const all = Object.values(expressions);
  const names = Object.assign({}, ...all.map((each) => each.ExpressionAttributeNames));
  const values = Object.assign({}, ...all.map((each) => each.ExpressionAttributeValues));
  return {
    ...request,
    ...Object.fromEntries(Object.entries(expressions).map(([name, { text }]) => [name, text])),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};

const value = (of: fc.Arbitrary<unknown>): fc.Arbitrary<Bits> => of.map((each) => [{ value: each }]);

/** Few values are usual, so that they meet. */
export const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'ab', 'b') },
  fc.constantFrom('', 'aa', 'z', '\u{FFFD}', '\u{1F600}', '\u{E9}'),
);
export const numbers = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 0.1, 0.2) },
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0.1, 0.2, -0.3, 1.5, 333.3333333333333, 1e-7, 1e15, 1772217607444),
);
const someBytes = fc.uint8Array({ minLength: 0, maxLength: 3 });
const ordered = fc.oneof(texts, numbers, someBytes);
export const textSets = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'ab'), { minLength: 1 })
  .map((all) => new Set(all));
export const numberSets = fc
  .uniqueArray(fc.constantFrom(1, 2, 3, -1, 0.5), { minLength: 1 })
  .map((all) => new Set(all));
const byteSets = fc
  .uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 })
  .map((all) => new Set(all.map((each) => Uint8Array.of(each))));

/** Anything that an attribute may hold. */
export const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    someBytes,
    textSets,
    numberSets,
    byteSets,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'name'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

/** Attributes that are no keys, some of whose names are reserved words. */
export const attributes = ['n', 'count', 't', 'state', 'm', 'l', 'ss', 'ns', 'by', 'nothing'] as const;

const step = (name: string): Bit => (['count', 'state', 'by', 'name'].includes(name) ? { name } : name);
const topPath: fc.Arbitrary<Bits> = fc.constantFrom(...attributes).map((name) => [step(name)]);
const nestedPath: fc.Arbitrary<Bits> = fc.oneof(
  fc.constantFrom('x', 'y', 'name').map((name): Bits => ['m.', step(name)]),
  fc.constantFrom('x', 'y').map((name): Bits => ['m.y.', name]),
  fc.nat({ max: 3 }).map((index): Bits => [`l[${index}]`]),
  fc.nat({ max: 2 }).map((index): Bits => [`m.x[${index}]`]),
);
const path: fc.Arbitrary<Bits> = fc.oneof({ weight: 3, arbitrary: topPath }, nestedPath);

const join = (...parts: readonly (fc.Arbitrary<Bits> | string)[]): fc.Arbitrary<Bits> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant<Bits>([part]) : part)))
    .map((all) => all.flat());
const textOf = (...all: readonly string[]): fc.Arbitrary<Bits> =>
  fc.constantFrom(...all).map((each) => [each]);

const size = join('size(', path, ')');
const operand = fc.oneof(path, value(anything));
const comparison = fc.oneof(
  join(operand, textOf(' = ', ' <> '), operand),
  join(fc.oneof(path, size), textOf(' < ', ' <= ', ' > ', ' >= '), fc.oneof(path, value(ordered), size)),
  join(path, ' BETWEEN ', value(fc.constantFrom(-1, 0, 0.1)), ' AND ', value(fc.constantFrom(1, 3, 12))),
  join(path, ' IN (', value(anything), ', ', operand, ')'),
  join(size, ' = ', value(fc.nat({ max: 3 }))),
);
const call = fc.oneof(
  join(textOf('attribute_exists(', 'attribute_not_exists('), path, ')'),
  join(textOf('attribute_exists(', 'attribute_not_exists('), textOf('pk', 'sk'), ')'),
  join('begins_with(', path, ', ', value(fc.oneof(texts, someBytes)), ')'),
  join('contains(', path, ', ', value(anything), ')'),
  join(
    'attribute_type(',
    path,
    ', ',
    value(fc.constantFrom('S', 'N', 'M', 'L', 'SS', 'NS', 'BS', 'B', 'BOOL', 'NULL')),
    ')',
  ),
);
const simple = fc.oneof(comparison, call);

const conditionBits: fc.Arbitrary<Bits> = fc.oneof(
  { weight: 4, arbitrary: simple },
  join(simple, textOf(' AND ', ' OR ', ' and '), simple),
  join('NOT ', simple),
  join('NOT (', simple, ' OR ', simple, ')'),
  join('(', simple, ' OR ', simple, ') AND ', simple),
  join(simple, ' OR ', simple, ' AND NOT ', simple),
);

/** What DynamoDB refuses at once. */
const nonsense = fc.oneof(
  textOf(
    'n',
    'n =',
    'n == t',
    '((n = t))',
    'attribute_exists(:x)',
    'name = n',
    'n = :undefined',
    '#no = n',
    'size(n)',
    'n ! t',
  ),
  join(path, ' BETWEEN ', value(fc.constant(3)), ' AND ', value(fc.constantFrom(1, 'x'))),
  join('begins_with(', path, ', ', value(fc.constant(1)), ')'),
  fc.constant<Bits>(['attribute_exists(pk)', { value: 1, isUnused: true }]),
);

const usual = fc.oneof(
  textOf('attribute_exists(pk)', 'attribute_not_exists(nothing)', 'attribute_exists(m.z)'),
  join('size(', textOf('l', 'm', 'ss', 'l'), ')', textOf(' = ', ' < ', ' = '), value(fc.nat({ max: 3 }))),
  join('n', textOf(' = ', ' <> ', ' < ', ' <= ', ' > ', ' >= '), value(numbers)),
  join('n BETWEEN ', value(fc.constantFrom(-1, 0)), ' AND ', value(fc.constantFrom(0, 1, 2))),
  join('t IN (', value(texts), ', ', value(texts), ')'),
  join('begins_with(t, ', value(texts), ')'),
  join('contains(t, ', value(fc.constantFrom('a', 'b', 'z')), ')'),
  join(textOf('ss = ', 'ss <> '), value(textSets)),
  join('contains(ss, ', value(texts), ')'),
);
const usualCondition = fc.oneof(
  { weight: 3, arbitrary: usual },
  join(usual, textOf(' AND ', ' OR '), usual),
  join(usual, textOf(' AND ', ' OR '), usual, textOf(' AND ', ' OR '), usual),
  join('NOT ', usual, textOf(' AND ', ' OR '), usual),
);

export const conditions = fc
  .oneof(
    { weight: 20, arbitrary: usualCondition },
    { weight: 10, arbitrary: conditionBits },
    { weight: 5, arbitrary: nonsense },
  )
  .map((bits) => rendered(bits, 'c'));
export const filters = fc.oneof(usualCondition, conditionBits).map((bits) => rendered(bits, 'f'));

const wildSource = fc.oneof(
  value(anything),
  path,
  join('if_not_exists(', path, ', ', operand, ')'),
  join(topPath, textOf(' + ', ' - '), value(numbers)),
  join('list_append(', path, ', ', value(anything), ')'),
);
const wildSet = fc.oneof(
  { weight: 4, arbitrary: join(path, ' = ', wildSource) },
  join(textOf('g = ', 'h = '), value(fc.oneof(texts, numbers))),
);

const numberPath = fc.oneof(textOf('n', 'm.z'), fc.constant<Bits>([{ name: 'count' }]));
const lists = value(fc.array(anything, { maxLength: 2 }));
const usualSet = fc.oneof(
  // What it reads is from before the update, whatever stands in it first.
  join(
    'n = ',
    fc.constant<Bits>([{ name: 'count' }, ' + ']),
    value(numbers),
    fc.constant<Bits>([', ', { name: 'count' }, ' = n']),
  ),
  join(numberPath, ' = ', numberPath, textOf(' + ', ' - '), value(numbers)),
  join(numberPath, ' = ', numberPath, textOf(' + ', ' - '), numberPath),
  join(numberPath, ' = if_not_exists(', path, ', ', value(numbers), ') + ', value(numbers)),
  join(topPath, ' = ', value(anything)),
  join(
    fc.oneof(topPath, textOf('m.x', 'm.new_one', 'l[0]')),
    ' = ',
    textOf('n', 'm', 'l', 'ss', 'm.z', 'pk'),
  ),
  join(
    fc.oneof(textOf('t'), topPath),
    ' = if_not_exists(',
    fc.oneof(textOf('nothing'), path),
    ', ',
    value(anything),
    ')',
  ),
  join('l = list_append(', textOf('l, '), lists, ')'),
  join('l = list_append(', lists, ', l)'),
  join('t = list_append(if_not_exists(nothing, ', lists, '), ', lists, ')'),
  join(textOf('g = ', 'h = '), value(fc.constantFrom('p', 'q', 'a', 'ab', 'z'))),
);

const clause = (word: string, action: fc.Arbitrary<Bits>, maxLength = 2): fc.Arbitrary<Bits> =>
  fc
    .array(action, { minLength: 1, maxLength })
    .map((actions) => [
      `${word} `,
      ...actions.flatMap((bits, index) => (index > 0 ? [', ', ...bits] : bits)),
      ' ',
    ]);

const usualClauses = [
  clause('SET', usualSet),
  clause('REMOVE', fc.oneof(topPath, textOf('m.x', 'm.z', 'm.gone', 'l[0]', 'g', 'h'))),
  clause(
    'ADD',
    fc.oneof(
      join(numberPath, ' ', value(numbers)),
      join(textOf('ss', 'extra'), ' ', value(textSets)),
      join('ns ', value(numberSets)),
    ),
  ),
  clause(
    'DELETE',
    fc.oneof(join(textOf('ss', 'extra'), ' ', value(textSets)), join('ns ', value(numberSets))),
  ),
];
const wildClauses = [
  clause('SET', wildSet),
  // The embedded store counts places of a list anew after each one that it removes.
  clause('REMOVE', path, 1),
  clause('ADD', join(path, ' ', value(fc.oneof(numbers, textSets)))),
  clause('DELETE', join(path, ' ', value(fc.oneof(textSets, numberSets)))),
];
const updateOf = (clauses: readonly fc.Arbitrary<Bits>[]): fc.Arbitrary<Bits> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.oneof(...clauses) },
    fc.shuffledSubarray([...clauses], { minLength: 2 }).chain((some) => join(...some)),
  );
const refused = fc.oneof(
  textOf(
    '',
    'SET',
    'SET n',
    'SET pk = sk',
    'REMOVE sk',
    'SET n = t SET t = n',
    'SET n = :undefined',
    'PUT n = t',
    'SET name = n',
  ),
  join('ADD ', path, ' ', value(texts)),
  join('SET n = ', value(numbers), ', n = ', value(numbers)),
  join('SET n = f(', path, ')'),
);

export const updates = fc
  .oneof(
    { weight: 20, arbitrary: updateOf(usualClauses) },
    { weight: 4, arbitrary: updateOf(wildClauses) },
    { weight: 3, arbitrary: refused },
  )
  .map((bits) => rendered(bits, 'u'));

export const projections = fc
  .oneof(
    fc.uniqueArray(fc.oneof(path, textOf('pk', 'sk', 'g')), {
      minLength: 1,
      maxLength: 3,
      selector: (bits) => JSON.stringify(bits),
    }),
  )
  .map((paths) =>
    rendered(
      paths.flatMap((bits, index) => (index > 0 ? [', ', ...bits] : bits)),
      'p',
    ),
  );

export const keyConditions = (
  partition: string,
  sort: string,
  keys: fc.Arbitrary<string>,
): fc.Arbitrary<Rendered> =>
  fc
    .tuple(
      join(`${partition} = `, value(keys)),
      fc.oneof(
        fc.constant<Bits>([]),
        join(
          ' AND ',
          fc.constant<Bits>([{ name: sort }]),
          textOf(' = ', ' < ', ' <= ', ' > ', ' >= '),
          value(keys),
        ),
        join(` AND begins_with(${sort}, `, value(fc.constantFrom('a', 'b', 's', '\u{1F600}')), ')'),
        join(
          ` AND ${sort} BETWEEN `,
          value(fc.constantFrom(' ', 'a')),
          ' AND ',
          value(fc.constantFrom('b', '\u{10FFFF}')),
        ),
      ),
    )
    .map((parts) => rendered(parts.flat(), 'k'));
