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
export type WriteSchema = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;

const DEFS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

const pointedAtComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' ? value.replace(DEFS, COMPONENTS) : value,
  );

/**
 * Writes the schemas of one document. What has a name (`.meta({ id: 'Ticket' })`) is written once, into `named`, and
 * referred to. Throws when one name means two things, be it one schema that reads differently as input and as output.
 */
export const schemaWriter = (): { write: WriteSchema; named: Map<string, JsonSchema> } => {
  const named = new Map<string, JsonSchema>();
  const keep = (name: string, schema: JsonSchema): void => {
    const known = named.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`two schemas of the API are called ${name}`);
    }
    named.set(name, schema);
  };
  const write: WriteSchema = (schema, io) => {
    const { $schema: _, ...whole } = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      cycles: 'throw',
      override: ({ jsonSchema }) => readable(jsonSchema as JsonSchema),
    });
    const { $defs = {}, ...rest } = pointedAtComponents(whole);
    for (const [name, each] of Object.entries($defs as Record<string, JsonSchema>)) keep(name, each);
    return rest;
  };
  return { write, named };
};
