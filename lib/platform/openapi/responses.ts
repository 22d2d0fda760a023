import * as z from 'zod';
import type { HttpDeclaration } from '../http/declaration.ts';
import { PROBLEM_TYPE_BASE, TITLE_OF_STATUS } from '../http/problem.ts';
import type { Operation, Response } from './document.ts';
import type { JsonSchema, WriteSchema } from './json-schema.ts';
import { problemsOf } from './problems-of.ts';
import { isConditional, notModifiedHeaders, problemHeaders, successHeaders } from './response-headers.ts';

export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. Programs read `code`, which is stable; people read `detail`.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Id of the request.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  examples: [
    {
      type: `${PROBLEM_TYPE_BASE}forbidden`,
      title: TITLE_OF_STATUS[403],
      status: 403,
      code: 'forbidden',
      detail: '…',
      instance: 'Pc3kTgQnDoEEJ2w=',
    },
  ],
};

const problemResponse = (status: number, codes: readonly string[]): Response => ({
  description: `${TITLE_OF_STATUS[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
  headers: problemHeaders(status),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { properties: { status: { const: status }, code: { enum: [...codes] } } },
        ],
      },
    },
  },
});

const successResponse = (schema: HttpDeclaration['answers'][number], write: WriteSchema): Response => {
  if (schema === null) return { description: 'Done; no body.' };
  if (!(schema instanceof z.ZodType)) {
    const type = schema.contentType.startsWith('application/json') ? 'object' : 'string';
    return { description: 'The document.', content: { [schema.contentType]: { schema: { type } } } };
  }
  return {
    description: 'Done.',
    content: { 'application/json': { schema: write(schema, 'output') } },
  };
};

/** Endpoints share most of their problems; each set of codes is written once. */
const problemName = (status: string, codes: readonly string[]): string => [status, ...codes].join('.');

export const responsesOf = (declaration: HttpDeclaration, write: WriteSchema): Operation['responses'] => {
  const success = Object.entries(declaration.answers).map(([status, schema]) => [
    status,
    {
      ...successResponse(schema, write),
      headers: { ...successHeaders(declaration, Number(status)) },
    },
  ]);
  const unchanged = isConditional(declaration)
    ? [[304, { description: 'You have it already; no body.', headers: { ...notModifiedHeaders() } }]]
    : [];
  const problems = Object.entries(problemsOf(declaration)).map(([status, codes]) => [
    status,
    { $ref: `#/components/responses/${problemName(status, codes)}` },
  ]);
  return Object.fromEntries([...success, ...unchanged, ...problems]);
};

/** Every set of problems that one of these endpoints has. */
export const problemResponses = (declarations: readonly HttpDeclaration[]): Record<string, Response> =>
  Object.fromEntries(
    declarations.flatMap((declaration) =>
      Object.entries(problemsOf(declaration)).map(([status, codes]) => [
        problemName(status, codes),
        problemResponse(Number(status), codes),
      ]),
    ),
  );
