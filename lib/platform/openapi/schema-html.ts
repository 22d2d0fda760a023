import { type Html, html } from './html.ts';
import type { JsonSchema } from './json-schema.ts';

const BOUNDS: readonly (readonly [keyword: string, sign: string])[] = [
  ['minLength', 'length ≥'],
  ['maxLength', 'length ≤'],
  ['minimum', '≥'],
  ['maximum', '≤'],
  ['minItems', 'items ≥'],
  ['maxItems', 'items ≤'],
  ['pattern', 'matches'],
  ['default', 'default'],
];

const variantsOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] => (anyOf ?? oneOf ?? []) as JsonSchema[];

/** The type in a word or two: `string (date-time)`, `array of object`, `a | b`. */
const typeOf = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const variants = variantsOf(schema);
  if (variants.length > 0) return variants.map(typeOf).join(' | ');
  if (schema.type === 'array') return `array of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? 'any');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
};

const boundsOf = (schema: JsonSchema): string =>
  BOUNDS.filter(([keyword]) => schema[keyword] !== undefined)
    .map(([keyword, sign]) => `${sign} ${String(schema[keyword])}`)
    .join(', ');

/** Type, bounds and description on one line. */
export const schemaLine = (schema: JsonSchema): Html => {
  const bounds = boundsOf(schema);
  return html`<span class="type">${typeOf(schema)}</span>${bounds && html` <span class="bounds">${bounds}</span>`}${
    typeof schema.description === 'string' && html` <span class="note">${schema.description}</span>`
  }`;
};

/** The object whose fields are worth showing: the schema itself, an array's item, the object among variants. */
const objectsIn = (schema: JsonSchema): JsonSchema[] => {
  if (schema.properties) return [schema];
  if (schema.items) return objectsIn(schema.items as JsonSchema);
  return variantsOf(schema).flatMap(objectsIn);
};

/** Fields of a schema as nested lists. */
export const schemaTree = (schema: JsonSchema): Html => {
  const lists = objectsIn(schema).map((object) => {
    const required = new Set((object.required ?? []) as string[]);
    const fields = Object.entries(object.properties as Record<string, JsonSchema>).map(
      ([name, field]) =>
        html`<li><code>${name}</code>${required.has(name) ? '' : html`<i title="optional">?</i>`} ${schemaLine(field)}${schemaTree(field)}</li>`,
    );
    return html`<ul class="fields">${fields}</ul>`;
  });
  return html`${lists}`;
};
