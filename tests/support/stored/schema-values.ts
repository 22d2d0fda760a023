import fc from 'fast-check';
import type * as z from 'zod';

type Schema = z.core.$ZodType;

const MAX_ITEMS = 3;
const MAX_CHARS = 30;
/** Bytes that hold ids are of this length, or a multiple of it. */
const PIECE = 16;
/** Keys that JavaScript's objects treat in a way of their own; nothing of ours is called so. */
const name = fc.stringMatching(/^[a-z][\w-]{0,20}$/);

const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
  .map((at) => at.toISOString());

const patternOf = (schema: Schema): RegExp | undefined => {
  const { pattern, checks = [] } = schema._zod.def as { pattern?: RegExp; checks?: z.core.$ZodCheck[] };
  const own = checks.map((check) => (check._zod.def as { pattern?: RegExp }).pattern);
  return own.find((each) => each !== undefined) ?? pattern;
};

const textOf = (schema: Schema): fc.Arbitrary<string> => {
  const pattern = patternOf(schema);
  if (pattern?.test('2026-11-23T08:00:00.000Z')) return instant;
  if (pattern) return fc.stringMatching(pattern);
  const { minLength, maxLength } = schema as z.ZodString;
  const [least, most] = [minLength ?? 0, Math.min(maxLength ?? MAX_CHARS, MAX_CHARS)];
  const text = (unit: 'grapheme' | 'grapheme-ascii') =>
    // Graphemes may be several characters long; keys are split at `#`, which no id of ours holds.
    fc
      .string({ unit, minLength: least, maxLength: most })
      .map((all) => all.slice(0, most).toWellFormed().replaceAll('#', '_'));
  return fc.oneof(
    { weight: 4, arbitrary: text('grapheme-ascii') },
    { weight: 1, arbitrary: text('grapheme') },
  );
};

const numberOf = (schema: z.ZodNumber): fc.Arbitrary<number> => {
  const { minValue, maxValue, isInt } = schema;
  const range = { min: Math.max(minValue ?? -1e9, -1e9), max: Math.min(maxValue ?? 1e9, 1e9) };
  // The store knows no negative zero.
  return isInt ? fc.integer(range) : fc.double({ ...range, noNaN: true }).map((value) => value + 0);
};

type Def = z.core.$ZodTypes['_zod']['def'];

const objectOf = ({ shape }: Extract<Def, { type: 'object' }>): fc.Arbitrary<unknown> => {
  const fields = Object.entries(shape);
  const isOptional = (field: Schema): boolean => field._zod.optin !== undefined;
  return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, storedValues(field)])), {
    requiredKeys: fields.flatMap(([key, field]) => (isOptional(field) ? [] : [key])),
    noNullPrototype: true,
  });
};

const recordOf = ({
  keyType,
  valueType,
  partial,
}: Extract<Def, { type: 'record' }> & { partial?: boolean }): fc.Arbitrary<unknown> => {
  const { values } = keyType._zod;
  const value = storedValues(valueType);
  if (!values) return fc.dictionary(name, value, { maxKeys: MAX_ITEMS, noNullPrototype: true });
  const fields = Object.fromEntries([...values].map((key) => [String(key), value]));
  return fc.record(fields, { noNullPrototype: true, ...(partial && { requiredKeys: [] }) });
};

/** Values as they lie in the store, that a schema of an entity reads. */
export const storedValues = (schema: Schema): fc.Arbitrary<unknown> => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return textOf(schema);
    case 'number':
      return numberOf(schema as z.ZodNumber);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'unknown':
      return fc.oneof(fc.string(), fc.integer(), fc.constant(null));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'default':
    case 'optional':
      return storedValues(def.innerType);
    case 'nullable':
      return fc.option(storedValues(def.innerType), { nil: null });
    case 'readonly':
      return storedValues(def.innerType);
    case 'array':
      return fc.array(storedValues(def.element), { maxLength: MAX_ITEMS });
    case 'set':
      return fc
        .uniqueArray(storedValues(def.valueType), { minLength: 1, maxLength: MAX_ITEMS })
        .map((all) => new Set(all));
    case 'union':
      return fc.oneof(...def.options.map(storedValues));
    case 'record':
      return recordOf(def);
    case 'object':
      return objectOf(def);
    case 'pipe':
      return storedValues(def.in);
    case 'tuple':
      return fc.tuple(...def.items.map(storedValues));
    case 'custom':
      return fc
        .uint8Array({ minLength: PIECE, maxLength: PIECE })
        .chain((piece) => fc.constantFrom(piece, Uint8Array.from([...piece, ...piece])));
    default:
      throw new Error(`values of a schema of type ${def.type} cannot be made yet`);
  }
};
