import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiDocument, apiTypes } from '../../../scripts/console/api-types.ts';
import { typeOfSchema } from '../../../scripts/console/type-of-schema.ts';

const root = join(__dirname, '../../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

test("the console's types of the API are those of its document; if not, run npm run generate", () => {
  const document = JSON.parse(text('docs/openapi.json')) as ApiDocument;
  expect(text('console/src/api/schema.ts') === apiTypes(document)).toBe(true);
});

test.each([
  [{ type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [
    { anyOf: [{ $ref: '#/components/schemas/Desk' }, { type: 'null' }] },
    `components["schemas"]["Desk"] | null`,
  ],
  [{ type: 'array', items: { type: ['integer', 'null'] } }, '(number | null)[]'],
  [{ type: 'object', additionalProperties: { type: 'boolean' } }, '{ [key: string]: boolean }'],
  [{ type: 'object', properties: { 'a-b': { const: 1 } }, required: ['a-b'] }, '{\n"a-b": 1;\n}'],
])('the type of %j is %s', (schema, expected) => {
  expect(typeOfSchema(schema)).toBe(expected);
});
