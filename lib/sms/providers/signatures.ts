import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CallbackHash } from '../core/provider-model.ts';

/** Compares without telling by its time where two texts differ. */
export const sameText = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left as Buffer, right as Buffer);
};

/**
 * Twilio: base64(HMAC-SHA1(auth token, url + name and value of each POST parameter in the order of their names)).
 * Several values of one name: without repeats, sorted. Source: twilio npm 6.2.0, webhooks.ts; its published vector is in
 * the tests.
 */
export const twilioSignature = (authToken: string, url: string, params: URLSearchParams): string => {
  const names = [...new Set(params.keys())].sort();
  const data = names.reduce(
    (sum, name) =>
      sum + [...new Set(params.getAll(name))].sort().reduce((each, value) => each + name + value, ''),
    url,
  );
  return createHmac('sha1', authToken).update(data, 'utf8').digest('base64');
};

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** The address with its port written out, and without: Twilio's own library tries both, as proxies differ. */
const spellings = (url: string): string[] => {
  const match = /^(https?:)\/\/([^/?#:]+)(:\d+)?(.*)$/.exec(url);
  if (!match) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  return [`${scheme}//${host}${rest}`, `${scheme}//${host}${port ?? `:${DEFAULT_PORTS[scheme]}`}${rest}`];
};

/**
 * Whether a request bears Twilio's signature for this address. A JSON body is not among the parameters: its SHA-256 is in the
 * address as `bodySHA256`, which is signed.
 */
export const isSignedByTwilio = (
  authToken: string,
  given: string,
  request: { readonly url: string; readonly form: URLSearchParams | undefined; readonly body: Uint8Array },
): boolean => {
  const query = new URL(request.url).searchParams;
  const bodyHash = query.get('bodySHA256');
  if (!request.form) {
    const hash = createHash('sha256').update(request.body).digest('hex');
    if (bodyHash === null || !sameText(bodyHash, hash)) return false;
  }
  const params = request.form ?? new URLSearchParams();
  return spellings(request.url)
    .map((url) => sameText(given, twilioSignature(authToken, url, params)))
    .includes(true);
};

/** sms.ru: sha256 in hex of the account's api_id and all `data` values in the order of their numbers. */
export const smsruHash = (apiId: string, data: readonly string[]): string =>
  createHash('sha256')
    .update(apiId + data.join(''))
    .digest('hex');

/** Fills `{name}` from the fields; what is not there is empty. */
const filled = (formula: string, fields: Readonly<Record<string, string>>): string =>
  formula.replaceAll(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '');

/** Spellings of the same sum: a CRC may be written in hex or as a number. */
export const callbackHashes = (hash: CallbackHash, fields: Readonly<Record<string, string>>): string[] => {
  const text = filled(hash.formula, fields);
  if (hash.algorithm !== 'crc32') return [createHash(hash.algorithm).update(text, 'utf8').digest('hex')];
  const sum = crc32(text);
  return [sum.toString(16).padStart(8, '0'), String(sum)];
};
