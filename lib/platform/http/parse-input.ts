import type * as z from 'zod';
import { AppError, type FieldError } from '../errors.ts';

const MAX_ERRORS = 20;
const MAX_PATH_CHARS = 200;

const fieldErrors = (part: string, error: z.ZodError): FieldError[] =>
  error.issues
    .flatMap((issue): FieldError[] => {
      const path = [part, ...issue.path].map(String);
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a known field' }))
        : [{ path: path.join('.'), message: issue.message }];
    })
    .map((each) => ({ ...each, path: each.path.slice(0, MAX_PATH_CHARS) }));

/** One part of the request: its name, its schema (none: it must be empty), what came. */
export interface InputPart {
  readonly name: 'params' | 'query' | 'body';
  readonly schema: z.ZodType | undefined;
  readonly value: unknown;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

const parsePart = ({ name, schema, value }: InputPart): { value: unknown; errors: FieldError[] } => {
  if (!schema) {
    const errors = isEmpty(value) ? [] : [{ path: name, message: 'must be empty here' }];
    return { value: undefined, errors };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, errors: [] };
  return { value: undefined, errors: fieldErrors(name, parsed.error) };
};

/** All parts together, so that a caller sees all that is wrong at once. Throws `invalid-request` with the paths. */
export const parseInput = (parts: readonly InputPart[]): Record<InputPart['name'], unknown> => {
  const parsed = parts.map((part) => ({ name: part.name, ...parsePart(part) }));
  const errors = parsed.flatMap((each) => each.errors);
  if (errors.length > 0) {
    throw new AppError('invalid', 'invalid-request', 'The request does not fit its description.', {
      details: errors.slice(0, MAX_ERRORS),
    });
  }
  return Object.fromEntries(parsed.map(({ name, value }) => [name, value])) as Record<
    InputPart['name'],
    unknown
  >;
};
