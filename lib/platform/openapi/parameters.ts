import type * as z from 'zod';
import type { HttpDeclaration } from '../http/declaration.ts';
import { pageQuery } from '../http/pagination.ts';
import type { Parameter, Reference } from './document.ts';
import { type JsonSchema, schemaWriter, type WriteSchema } from './json-schema.ts';
import { isConditional } from './response-headers.ts';

const parametersIn = (
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  write: WriteSchema,
): Parameter[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = write(schema, 'input') as {
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

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Chosen by the client, one per operation: a repeat gets the first answer.',
  schema: { type: 'string', pattern: '^[\\x21-\\x2b\\x2d-\\x7e]{1,128}$' },
};

const IF_NONE_MATCH: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETag of your copy: 304 while it is current.',
  schema: { type: 'string', maxLength: 1000 },
};

const DEVICE_TOKEN: Parameter = {
  name: 'Device-Token',
  in: 'header',
  required: true,
  description:
    'Whose Idempotency-Keys these are: 16 random bytes or more, made once by the device and kept there.',
  schema: { type: 'string', pattern: '^[\\w-]{22,128}$' },
};

const SESSION_MODE: Parameter = {
  name: 'X-Session',
  in: 'header',
  required: false,
  description:
    'For browsers: the refresh token travels in an HttpOnly cookie instead of bodies. Only pages of this address may (403 `cross-site`).',
  schema: { type: 'string', enum: ['cookie'] },
};

const versionHeader = (ifMatch: HttpDeclaration['ifMatch']): Parameter => ({
  name: 'If-Match',
  in: 'header',
  required: ifMatch === 'required',
  description: 'ETag of the version you change.',
  schema: { type: 'string', pattern: '^(W/)?"\\d{1,15}(-[\\w-]{1,22})?"$' },
});

const pageParameter = (name: string): Parameter => {
  const found = parametersIn('query', pageQuery(), schemaWriter().write).find((each) => each.name === name);
  if (!found) throw new Error(`pageQuery() has no ${name}`);
  return found;
};

/** What the platform itself reads, of every endpoint that has it. */
export const sharedParameters: Readonly<Record<string, Parameter>> = {
  IdempotencyKey: IDEMPOTENCY_KEY,
  IfNoneMatch: IF_NONE_MATCH,
  SessionMode: SESSION_MODE,
  IfMatch: versionHeader('required'),
  IfMatchOptional: versionHeader('optional'),
  Limit: pageParameter('limit'),
  Cursor: pageParameter('cursor'),
};

const referenceOf = new Map(
  Object.entries(sharedParameters).map(([name, parameter]): [string, Reference] => [
    JSON.stringify(parameter),
    { $ref: `#/components/parameters/${name}` },
  ]),
);

export const parametersOf = (declaration: HttpDeclaration, write: WriteSchema): (Parameter | Reference)[] => {
  const { params, query, idempotent, ifMatch, access, sessionCookie } = declaration;
  const parameters = [
    ...parametersIn('path', params, write),
    ...parametersIn('query', query, write),
    ...(idempotent ? [IDEMPOTENCY_KEY] : []),
    ...(idempotent && access === 'public' ? [DEVICE_TOKEN] : []),
    ...(sessionCookie ? [SESSION_MODE] : []),
    ...(ifMatch ? [versionHeader(ifMatch)] : []),
    ...(isConditional(declaration) ? [IF_NONE_MATCH] : []),
  ];
  return parameters.map((parameter) => referenceOf.get(JSON.stringify(parameter)) ?? parameter);
};
