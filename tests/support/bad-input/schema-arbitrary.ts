import fc from 'fast-check';
import type { JsonSchema } from '../../../lib/platform/openapi/json-schema.ts';

/** Values that exist in the test's world, by the name of the field or parameter that takes them. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const MAX_CHARS = 60;
const MAX_ITEMS = 3;

const patterns = new Map<string, fc.Arbitrary<string>>();

/** Each pattern is read once: that takes some 10 ms, and few patterns stand in hundreds of fields. */
const matching = (pattern: string): fc.Arbitrary<string> => {
  const known = patterns.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'));
  patterns.set(pattern, known);
  return known;
};

const textOf = ({
  pattern,
  format,
  minLength = 0,
  maxLength = MAX_CHARS,
}: JsonSchema): fc.Arbitrary<string> => {
  if (format === 'date-time') {
    const [min, max] = [new Date('2025-12-01T00:00:00Z'), new Date('2026-01-06T00:00:00Z')];
    return fc.date({ min, max, noInvalidDate: true }).map((at) => at.toISOString());
  }
  if (typeof pattern === 'string') return matching(pattern);
  const most = Math.max(Number(minLength), Math.min(Number(maxLength), MAX_CHARS));
  return fc.string({ unit: 'grapheme', minLength: Number(minLength), maxLength: most }).map((text) => {
    // Graphemes may be several characters long.
    const cut = text.slice(0, Number(maxLength)).toWellFormed();
    return cut.trim() === '' ? 'text'.slice(0, most) : cut;
  });
};

const numberOf = ({ type, minimum = -1000, maximum = 1000 }: JsonSchema): fc.Arbitrary<number> => {
  const range = { min: Number(minimum), max: Number(maximum) };
  return type === 'integer' ? fc.integer(range) : fc.double({ ...range, noNaN: true });
};

const objectOf = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> => {
  const {
    properties = {},
    required = [],
    additionalProperties,
    propertyNames,
  } = schema as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
    additionalProperties?: JsonSchema | boolean;
    propertyNames?: JsonSchema;
  };
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, valid(field, known, name)] as const,
  );
  if (fields.length > 0 || typeof additionalProperties !== 'object') {
    return fc.record(Object.fromEntries(fields), { requiredKeys: required });
  }
  const names = propertyNames?.enum ? fc.constantFrom(...(propertyNames.enum as string[])) : fc.string();
  return fc.dictionary(names, valid(additionalProperties, known), {
    maxKeys: MAX_ITEMS,
    noNullPrototype: true,
  });
};

const arrayOf = (
  { items, minItems = 0, maxItems = MAX_ITEMS, uniqueItems }: JsonSchema,
  known: Known,
  name: string,
) => {
  const size = {
    minLength: Number(minItems),
    maxLength: Math.max(Number(minItems), Math.min(Number(maxItems), MAX_ITEMS)),
  };
  // `ticketIds` and `attachments` hold what `ticketId` and `attachments` know.
  const item = valid((items ?? {}) as JsonSchema, known, name in known ? name : name.replace(/s$/, ''));
  return uniqueItems ? fc.uniqueArray(item, { ...size, comparator: 'SameValue' }) : fc.array(item, size);
};

const byType = (schema: JsonSchema, known: Known, name: string): fc.Arbitrary<unknown> => {
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return arrayOf(schema, known, name);
    case 'object':
      return objectOf(schema, known);
    default:
      return fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  }
};

/** Values that fit a schema; mostly ones that exist, where the name of the field tells of which kind they are. */
export const valid = (schema: JsonSchema, known: Known, name = ''): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const variants = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (variants) return fc.oneof(...variants.map((variant) => valid(variant, known, name)));
  const existing = known[name] ?? [];
  const any = byType(schema, known, name);
  if (existing.length === 0 || schema.type === 'array') return any;
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...existing) }, { weight: 1, arbitrary: any });
};
