/** A JSON Schema as TypeScript: the subset that our zod schemas are written in. */

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly description?: string;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** `#/components/schemas/Ticket` as an index into `components`. */
const refType = (ref: string): string =>
  `components${ref
    .replace('#/components', '')
    .split('/')
    .slice(1)
    .map((part) => `[${JSON.stringify(part)}]`)
    .join('')}`;

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const group = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type);

const union = (types: readonly string[], by: '|' | '&'): string =>
  [...new Set(types)].map((type) => (types.length > 1 ? group(type) : type)).join(` ${by} `) || 'unknown';

const recordOf = ({ additionalProperties, propertyNames }: JsonSchema): string => {
  if (additionalProperties === false) return 'Record<string, never>';
  const value = typeof additionalProperties === 'object' ? typeOfSchema(additionalProperties) : 'unknown';
  return propertyNames?.enum
    ? `Partial<Record<${typeOfSchema(propertyNames)}, ${value}>>`
    : `{ [key: string]: ${value} }`;
};

const objectOf = (schema: JsonSchema): string => {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return recordOf(schema);
  const required = new Set(schema.required);
  const lines = entries.map(([name, value]) => {
    const about = value.description ? `/** ${value.description.replaceAll('*/', '*\\/')} */\n` : '';
    return `${about}${keyOf(name)}${required.has(name) ? '' : '?'}: ${typeOfSchema(value)};`;
  });
  return `{\n${lines.join('\n')}\n}`;
};

const arrayOf = ({ items, prefixItems }: JsonSchema): string => {
  if (prefixItems) return `[${prefixItems.map(typeOfSchema).join(', ')}]`;
  return `${group(typeof items === 'object' ? typeOfSchema(items) : 'unknown')}[]`;
};

const ofType = (schema: JsonSchema, type: string): string => {
  if (type === 'object') return objectOf(schema);
  if (type === 'array') return arrayOf(schema);
  return PRIMITIVES[type] ?? 'unknown';
};

/** @returns the schema's type; `unknown` where it says nothing. */
export const typeOfSchema = (schema: JsonSchema): string => {
  if (schema.$ref !== undefined) return refType(schema.$ref);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum)
    return union(
      schema.enum.map((value) => JSON.stringify(value)),
      '|',
    );
  const many = schema.anyOf ?? schema.oneOf;
  if (many) return union(many.map(typeOfSchema), '|');
  if (schema.allOf) return union(schema.allOf.map(typeOfSchema), '&');
  if (schema.type === undefined) return schema.properties ? objectOf(schema) : 'unknown';
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return union(
    types.map((type) => ofType(schema, type)),
    '|',
  );
};
