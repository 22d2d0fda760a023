import type * as z from 'zod';
import type { HttpDeclaration } from '../http/declaration.ts';
import type { Parameter } from './document.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

const parametersIn = (place: 'path' | 'query', schema: z.ZodType | undefined): Parameter[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema: property,
  }));
};

const headerParameters = ({ idempotent, ifMatch }: HttpDeclaration): Parameter[] => {
  const idempotencyKey: Parameter = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A key of your own for the thing to be made: a repeat gets the first answer.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
  };
  const version: Parameter = {
    name: 'If-Match',
    in: 'header',
    required: ifMatch === 'required',
    description: 'ETag of the version you change.',
    schema: { type: 'string', pattern: '^(W/)?"\\d{1,15}"$' },
  };
  return [...(idempotent ? [idempotencyKey] : []), ...(ifMatch ? [version] : [])];
};

export const parametersOf = (declaration: HttpDeclaration): Parameter[] => [
  ...parametersIn('path', declaration.params),
  ...parametersIn('query', declaration.query),
  ...headerParameters(declaration),
];
