/** What an API of the centre answers; `drop`: the connection breaks instead. */
export type Reply =
  | { readonly status: number; readonly type: 'json' | 'html' | 'text'; readonly body: string }
  | 'drop';

export const json = (body: unknown, status = 200): Reply => ({
  status,
  type: 'json',
  body: JSON.stringify(body),
});

export const page = (status: number): Reply => ({
  status,
  type: 'html',
  body: `<html><h1>${status}</h1></html>`,
});

/** A request as an API of the centre sees it: path below its own, query and form together. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly fields: URLSearchParams;
  readonly authorization: string | undefined;
}

/** `+7…` of whatever way the digits came. */
export const e164 = (phone: string): string => `+${phone.replace(/\D/g, '')}`;
