/**
 * The API's document as types for openapi-fetch: `paths` and `components`. openapi-typescript would do the same, but it
 * is written against TypeScript 5, whose compiler API the TypeScript 7 that checks this product no longer has.
 */
import { type JsonSchema, typeOfSchema } from './type-of-schema.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: 'query' | 'path' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}
type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;
interface Response {
  readonly $ref?: string;
  readonly content?: Content;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses: Readonly<Record<string, Response>>;
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

const PLACES = ['query', 'header', 'path', 'cookie'] as const;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** A parameter of its own, or the shared one that it refers to. */
const resolved = ({ components }: ApiDocument, parameter: Parameter): Parameter =>
  parameter.$ref === undefined
    ? parameter
    : (components.parameters?.[parameter.$ref.split('/').at(-1) ?? ''] ?? parameter);

const parametersOf = (document: ApiDocument, operation: Operation): string => {
  const all = (operation.parameters ?? []).map((one) => resolved(document, one));
  const groups = PLACES.map((place) => {
    const here = all.filter((one) => one.in === place);
    if (here.length === 0) return `${place}?: never;`;
    const required = here.some((one) => one.required);
    const fields = here.map(
      ({ name = '', required: must, schema = {} }) =>
        `${JSON.stringify(name)}${must ? '' : '?'}: ${typeOfSchema(schema)};`,
    );
    return `${place}${required ? '' : '?'}: { ${fields.join(' ')} };`;
  });
  return `{ ${groups.join(' ')} }`;
};

const contentOf = (content: Content | undefined): string => {
  const entries = Object.entries(content ?? {});
  if (entries.length === 0) return 'content?: never';
  const types = entries.map(([type, { schema = {} }]) => `${JSON.stringify(type)}: ${typeOfSchema(schema)}`);
  return `content: { ${types.join('; ')} }`;
};

const PROBLEM = `content: { "application/problem+json": components["schemas"]["Problem"] }`;

/** Every refusal has the same body: one entry for all of them. */
const responsesOf = ({ responses }: Operation): string => {
  const done = Object.entries(responses).filter(([status]) => Number(status) < 400);
  const lines = done.map(
    ([status, { content }]) => `${status}: { headers: Headers; ${contentOf(content)} };`,
  );
  return [...lines, `default: { headers: Headers; ${PROBLEM} };`].join('\n');
};

const bodyOf = ({ requestBody }: Operation): string =>
  requestBody
    ? `requestBody${requestBody.required === false ? '?' : ''}: { ${contentOf(requestBody.content)} };`
    : 'requestBody?: never;';

const operationOf = (document: ApiDocument, operation: Operation): string =>
  `{\nparameters: ${parametersOf(document, operation)};\n${bodyOf(operation)}\nresponses: {\n${responsesOf(operation)}\n};\n}`;

const pathOf = (document: ApiDocument, path: string): string => {
  const item = document.paths[path] ?? {};
  const methods = METHODS.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) return [];
    return `/** ${operation.summary ?? ''} */\n${method}: ${operationOf(document, operation)};`;
  });
  return `${JSON.stringify(path)}: {\nparameters: NoParameters;\n${methods.join('\n')}\n};`;
};

const HEAD = `// Generated from docs/openapi.json by \`npm run generate\`.
type Headers = { [name: string]: unknown };
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };`;

/** @returns the text of `console/src/api/schema.ts`. */
export const apiTypes = (document: ApiDocument): string => {
  const schemas = Object.entries(document.components.schemas)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `${JSON.stringify(name)}: ${typeOfSchema(schema)};`);
  const paths = Object.keys(document.paths)
    .toSorted()
    .map((path) => pathOf(document, path));
  return [
    HEAD,
    `export interface paths {\n${paths.join('\n')}\n}`,
    `export interface components {\nschemas: {\n${schemas.join('\n')}\n};\n}`,
    '',
  ].join('\n\n');
};
