import { setTimeout as sleep } from 'node:timers/promises';
import { isThrottlingError, isTransientError, type StandardRetryStrategy } from '@smithy/core/retry';
import { Hash } from '@smithy/core/serde';
import type { SdkError } from '@smithy/types';

/** How often a request that we sign ourselves is sent at most. */
export const ATTEMPTS = 3;

/** What signatures are made with. */
export const sha256 = Hash.bind(null, 'sha256');

const isError = (thrown: unknown): thrown is SdkError => thrown instanceof Error;

const kindOf = (error: SdkError) => {
  if (isThrottlingError(error)) return 'THROTTLING';
  return isTransientError(error) ? 'TRANSIENT' : 'CLIENT_ERROR';
};

/** Tries again what may pass: throttling, 5xx, no answer. The last error stands when it does not. */
export const untilAnswered = async <T>(
  retries: StandardRetryStrategy,
  work: () => Promise<T>,
): Promise<T> => {
  let token = await retries.acquireInitialRetryToken('');
  for (;;) {
    try {
      const answer = await work();
      retries.recordSuccess(token);
      return answer;
    } catch (error) {
      if (!isError(error)) throw error;
      const failed = { error, errorType: kindOf(error) } as const;
      token = await retries.refreshRetryTokenForRetry(token, failed).catch(() => {
        throw error;
      });
      await sleep(token.getRetryDelay());
    }
  }
};
