import * as z from 'zod';

export type JsonSchema = { [keyword: string]: unknown };

/** Formats say it shorter than the regular expressions zod gives with them. */
const WELL_KNOWN_FORMATS: ReadonlySet<unknown> = new Set(['date-time', 'date', 'uuid', 'email', 'uri']);

const readable = (schema: JsonSchema): void => {
  if (WELL_KNOWN_FORMATS.has(schema.format) || schema.type === 'integer') delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
};

/** A zod schema as JSON Schema 2020-12: as the caller writes it (`input`) or as the answer reads (`output`). */
export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => readable(jsonSchema as JsonSchema),
  });
  if ('$defs' in rest) throw new Error('schemas of the API are written in line: no .meta({ id })');
  return rest;
};
