import { TIME_FACTOR } from '../../support/strength.ts';

export interface AskOptions {
  readonly token: string;
  readonly body?: unknown;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly ifMatch?: string;
}

export interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

/** One HTTP request: `ask('http://…/v1/tickets')` or `ask('POST http://…/v1/messages', { body, … })`. */
export async function ask(request: string, { token, body, key, ifMatch }: AskOptions): Promise<Answer> {
  const [url = '', method = 'GET'] = request.split(' ').reverse();
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    headers: response.headers,
    body: json && text ? JSON.parse(text) : text,
  };
}

/** All items of a list, page by page. */
export async function askAll<T>(url: string, token: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Answer = await ask(
      `${url}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      { token },
    );
    if (page.status !== 200) throw new Error(`${url}: ${page.status} ${JSON.stringify(page.body)}`);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
  } while (cursor);
  return items;
}

/** Asks again and again until the answer is as wanted; a slow machine has longer. @throws Error with the last answer after the deadline. */
export async function until<T>(
  question: () => Promise<T>,
  wanted: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadline = Date.now() + withinMs * TIME_FACTOR;
  for (;;) {
    const answer = await question();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
