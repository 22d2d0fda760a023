import type { Runtime } from '../runtime.ts';
import { firstAnswers, type Idempotency, type StoredAnswer } from '../storage/idempotency.ts';

export interface FirstAnswer extends StoredAnswer {
  readonly hash: string;
}

/**
 * The first answer given under this caller's key. An outdated record that the store has not yet removed still counts:
 * `commit` would trip over it, and a caller repeating after a week is served just as well.
 */
export const findFirstAnswer = async (
  rt: Runtime,
  idempotency: Pick<Idempotency, 'callerId' | 'key'>,
): Promise<FirstAnswer | undefined> => {
  const found = await firstAnswers.find(rt, idempotency);
  if (!found) return undefined;
  const { body, ...rest } = found;
  return { ...rest, body: body === undefined ? undefined : JSON.parse(body) };
};
