import { callOut } from '../../platform/outbound/call-out.ts';
import type { Lost, Refused } from '../core/provider-model.ts';
import type { ProviderContext } from './port.ts';

/** What came back. `unsent`: the request never left, so nothing can have been taken. */
export type Called =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'unsent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string };

/** Codes for a connection that was never made: Node's, and our guard's. Anything else may have happened after the request went out. */
const UNSENT = new Set([
  'EADDRESSREFUSED',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const codesOf = (error: unknown, depth = 0): string[] => {
  if (typeof error !== 'object' || error === null || depth > 3) return [];
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown; cause?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    // Several addresses of one host: each has an error of its own.
    ...(Array.isArray(errors) ? errors.flatMap((each) => codesOf(each, depth + 1)) : []),
    ...codesOf(cause, depth + 1),
  ];
};

/** A word for the log and the attempt: the error's code or name, never its message, which may hold the address. */
const wordFor = (error: unknown): string =>
  codesOf(error)[0] ?? (error as { name?: string } | undefined)?.name ?? 'unknown error';

const classify = (error: unknown): Called => {
  const codes = codesOf(error);
  const kind = codes.length > 0 && codes.every((code) => UNSENT.has(code)) ? 'unsent' : 'lost';
  return { kind, why: wordFor(error) };
};

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly form?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One request to a provider, within `ctx.timeoutMs` for the whole answer, to an address that its rules allow. Redirects are not
 * followed: they would carry secrets elsewhere, and repeat what must not be repeated.
 */
export const callProvider = async (ctx: ProviderContext, call: Call): Promise<Called> => {
  try {
    const answer = await callOut(ctx, {
      url: `${ctx.baseUrl}${call.path}`,
      method: call.method,
      headers: {
        ...call.headers,
        ...(call.form && { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }),
      },
      ...(call.form && { body: call.form.toString() }),
      rules: ctx.rules,
      timeoutMs: ctx.timeoutMs,
    });
    return { kind: 'answer', status: answer.status, text: await answer.text() };
  } catch (error) {
    return classify(error);
  }
};

/** The outcome of a message that got no answer worth reading. */
export const withoutAnswer = (called: Exclude<Called, { kind: 'answer' }>): Lost | Refused =>
  called.kind === 'unsent'
    ? { kind: 'refused', reason: 'temporary', code: 'unreachable', why: called.why }
    : { kind: 'lost', why: called.why };

/** The object in a JSON text; undefined for anything else. */
export const jsonObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Form fields without those that are not there. */
export const formOf = (fields: Readonly<Record<string, string | number | undefined>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  );
