import type { SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { AppError } from '../errors.ts';

/** What the schema makes of a value. Throws `invalid-message` with the paths of what does not fit, below `at`; no values. */
export const fitting = <S extends z.ZodType>(schema: S, value: unknown, at?: string): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path, code }) => {
    const whole = at === undefined ? path : [at, ...path];
    return `${whole.join('.') || 'body'} (${code})`;
  });
  throw new AppError(
    'invalid',
    'invalid-message',
    `The message does not fit its schema: ${paths.join(', ')}.`,
  );
};

/** Parses a record's body. Throws `invalid` when it is not JSON or not what the schema says. */
export const readMessage = <S extends z.ZodType>(schema: S, record: SQSRecord): z.output<S> => {
  let body: unknown;
  try {
    body = JSON.parse(record.body);
  } catch (error) {
    throw new AppError('invalid', 'broken-json', 'The message is not JSON.', { cause: error });
  }
  return fitting(schema, body);
};
