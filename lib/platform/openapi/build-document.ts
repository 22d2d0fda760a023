import type { Endpoint, HttpDeclaration } from '../http/declaration.ts';
import type { DocumentInfo, OpenApiDocument, Operation } from './document.ts';
import { schemaWriter, type WriteSchema } from './json-schema.ts';
import { parametersOf, sharedParameters } from './parameters.ts';
import { sharedHeaders } from './response-headers.ts';
import { problemResponses, problemSchema, responsesOf } from './responses.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `POST /v1/tickets/{ticketId}/replies` → `postTicketsByTicketIdReplies` */
const operationIdOf = ({ method, path }: HttpDeclaration): string => {
  const words = path.replace(/^\/v1\//, '').split(/[/.-]/);
  const named = words.map((word) =>
    word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word),
  );
  return `${method.toLowerCase()}${named.join('')}`;
};

/** Not ours to describe: another company's callback, or the form of a page. */
const RAW_BODY: Operation['requestBody'] = {
  required: false,
  content: { '*/*': { schema: { type: 'string' } } },
};

const requestBodyOf = (declaration: HttpDeclaration, write: WriteSchema): Operation['requestBody'] => {
  const { method, rawBody, body, example } = declaration;
  if (rawBody) return method === 'GET' ? undefined : RAW_BODY;
  return (
    body && {
      required: !body.safeParse(undefined).success,
      content: {
        'application/json': {
          schema: write(body, 'input'),
          ...(example?.body !== undefined && { example: example.body }),
        },
      },
    }
  );
};

const operationOf = (declaration: HttpDeclaration, write: WriteSchema): Operation => {
  const { summary, description, tag, access } = declaration;
  const parameters = parametersOf(declaration, write);
  const requestBody = requestBodyOf(declaration, write);
  return {
    operationId: operationIdOf(declaration),
    summary,
    ...(description !== undefined && { description }),
    tags: [tag],
    'x-access': access === 'public' ? ['public'] : [...access],
    ...(declaration.rawBody && { 'x-raw': true }),
    security: access === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(declaration, write),
  };
};

const sorted = <T>(named: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The OpenAPI 3.1 document of these endpoints. Throws when two of them claim one method and path. */
export const buildDocument = (endpoints: readonly Endpoint[], info: DocumentInfo): OpenApiDocument => {
  const { write, named } = schemaWriter();
  named.set('Problem', problemSchema);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { declaration } of endpoints) {
    const { method, path } = declaration;
    const name = method.toLowerCase();
    if (paths[path]?.[name]) throw new Error(`${method} ${path} is declared twice`);
    paths[path] = { ...paths[path], [name]: operationOf(declaration, write) };
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ declaration }) => declaration.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token (JWT) of a user, or an API key: `rdk_…`.',
        },
      },
      schemas: sorted(named),
      parameters: sharedParameters,
      responses: problemResponses(endpoints.map(({ declaration }) => declaration)),
      headers: sharedHeaders,
    },
  };
};
