import type { OpenApiDocument, Operation, Parameter, Response } from './document.ts';
import type { JsonSchema } from './json-schema.ts';

/** An operation with its references replaced by what they refer to. */
export interface WholeOperation extends Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response>>;
}

const isObject = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

/** What `#/a/b` points at. */
const found = (document: OpenApiDocument, pointer: string): JsonSchema => {
  let place: unknown = document;
  for (const step of pointer.split('/').slice(1)) place = isObject(place) ? place[step] : undefined;
  if (!isObject(place)) throw new Error(`the document holds no ${pointer}`);
  return place;
};

/** Properties beside a reference (a description, a default) override those of its target. */
const expanded = (document: OpenApiDocument, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => expanded(document, each));
  if (!isObject(value)) return value;
  const { $ref, ...beside } = value;
  if (typeof $ref === 'string') return expanded(document, { ...found(document, $ref), ...beside });
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expanded(document, each)]));
};

/** Every operation of a document, for those who read one at a time. No schema may hold itself. */
export const wholeOperations = (document: OpenApiDocument): WholeOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...(expanded(document, operation) as WholeOperation),
      method: method.toUpperCase(),
      path,
    })),
  );
