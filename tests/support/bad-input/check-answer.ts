import type { Answer } from '../aws/index.ts';
import { type Published, validatorOf } from './operations.ts';

/** What is wrong with an answer, evaluated by the document alone; undefined when nothing is. */
export const faultOf = (operation: Published, answer: Answer): string | undefined => {
  const { status, headers, body } = answer;
  if (status >= 500) return `status ${status}`;
  const documented = operation.responses[status];
  if (!documented) return `status ${status} (${body?.code}) is not documented`;
  if (headers['x-request-id'] === undefined) return 'the answer has no request id';
  const content = documented.content;
  if (!content) return body === '' ? undefined : `a body, where ${status} has none`;
  const type = headers['content-type'] ?? 'none';
  const schema = content[type]?.schema;
  if (!schema) return `content type ${type} is not documented for ${status}`;
  const validate = validatorOf(schema);
  if (validate(body)) return undefined;
  return `the body does not match: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body).slice(0, 500)}`;
};
