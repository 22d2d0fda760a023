import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  type OpenApiDocument,
  type Operation,
  type Response,
  responseOf,
} from '../../../lib/platform/openapi/document.ts';
import type { JsonSchema } from '../../../lib/platform/openapi/json-schema.ts';

/** An operation of the published document, which is all that these tests know of the API. */
export interface Published extends Operation {
  readonly method: string;
  readonly path: string;
}

const ROOT = resolve(import.meta.dirname, '../../..');
export const document: OpenApiDocument = JSON.parse(readFileSync(resolve(ROOT, 'docs/openapi.json'), 'utf8'));

export const operations: readonly Published[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    method: method.toUpperCase(),
    path,
  })),
);

const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addSchema({ $id: 'api', components: document.components });

const compiled = new Map<JsonSchema, ValidateFunction>();

/** A validator of one schema of the document, made once. */
export const validatorOf = (schema: JsonSchema): ValidateFunction => {
  const found = compiled.get(schema);
  if (found) return found;
  const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
  const made = ajv.compile(JSON.parse(text));
  compiled.set(schema, made);
  return made;
};

export const bodySchemaOf = ({ requestBody }: Operation): JsonSchema | undefined =>
  requestBody?.content['application/json']?.schema;

/** The answers an operation may give, by status. */
export const answersOf = ({ responses }: Operation): Record<string, Response> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, given]) => [status, responseOf(document, given)]),
  );
