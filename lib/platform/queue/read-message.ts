import type { SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { AppError } from '../errors.ts';

/** Parses a record's body. Throws `invalid` when it is not JSON or not what the schema says; names paths, no values. */
export const readMessage = <S extends z.ZodType>(schema: S, record: SQSRecord): z.output<S> => {
  let body: unknown;
  try {
    body = JSON.parse(record.body);
  } catch (error) {
    throw new AppError('invalid', 'broken-json', 'The message is not JSON.', { cause: error });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'} (${issue.code})`);
  throw new AppError(
    'invalid',
    'invalid-message',
    `The message does not fit its schema: ${paths.join(', ')}.`,
  );
};
