import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument, Operation } from '../../../lib/platform/openapi/document.ts';
import { type WholeOperation, wholeOperations } from '../../../lib/platform/openapi/expand.ts';
import type { JsonSchema } from '../../../lib/platform/openapi/json-schema.ts';

/** An operation of the published document, which is all that these tests know of the API. */
export type Published = WholeOperation;

const ROOT = resolve(import.meta.dirname, '../../..');
export const document: OpenApiDocument = JSON.parse(readFileSync(resolve(ROOT, 'docs/openapi.json'), 'utf8'));

export const operations: readonly Published[] = wholeOperations(document);

const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addFormat('email', (text) => text.includes('@'));
ajv.addFormat('uri', (text) => URL.canParse(text));

const compiled = new Map<JsonSchema, ValidateFunction>();

/** A validator of one schema of the document, made once. */
export const validatorOf = (schema: JsonSchema): ValidateFunction => {
  const found = compiled.get(schema);
  if (found) return found;
  const made = ajv.compile(schema);
  compiled.set(schema, made);
  return made;
};

export const bodySchemaOf = ({ requestBody }: Operation): JsonSchema | undefined =>
  requestBody?.content['application/json']?.schema;
