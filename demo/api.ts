import { randomUUID } from 'node:crypto';
import type { Person } from '../localstack/people.ts';
import { localToken } from '../localstack/tokens.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly ok: boolean;
  readonly body: Body;
  readonly etag: string | undefined;
}

interface Ask {
  readonly body?: object;
  readonly ifMatch?: string;
}

const TIMEOUT_MS = 20_000;

/** The public API as one person sees it: nothing here knows more than a stranger with a token. */
export class Api {
  readonly #base: string;
  readonly #token: Promise<string>;

  constructor(base: string, person: Person) {
    this.#base = base;
    this.#token = localToken(person);
    // Whoever asks first is told; until then it is no unhandled failure.
    this.#token.catch(() => {});
  }

  /** `ask('POST /v1/messages', { body })`. @throws TypeError or TimeoutError when there is no answer. */
  async ask<Body = Record<string, unknown>>(
    request: string,
    { body, ifMatch }: Ask = {},
  ): Promise<Answer<Body>> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      ok: answer.ok,
      body: (text ? JSON.parse(text) : {}) as Body,
      etag: answer.headers.get('etag') ?? undefined,
    };
  }
}
