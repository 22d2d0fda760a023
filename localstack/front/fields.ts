/** Header fields on their way through the front, as they came: in order, in their spelling, repeated ones repeated. Pure. */

/** Of one connection and not of the message (RFC 9110, 7.6.1). Transfer-Encoding stays, as Node frames the body by it anew. */
const OF_A_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]);

/** Name, value, name, value. */
type RawFields = readonly string[];

const pairsOf = (raw: RawFields): [name: string, value: string][] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : []));

const namedByConnection = (pairs: readonly [string, string][]): Set<string> =>
  new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/)),
  );

const endToEnd = (raw: RawFields): [string, string][] => {
  const pairs = pairsOf(raw);
  const named = namedByConnection(pairs);
  return pairs.filter(([name]) => !OF_A_CONNECTION.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
};

/** A cookie's value without quotes (RFC 6265, 4.1.1): the WebSocket gateway refuses any request that holds a quoted one. */
const PLAIN_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** Cookies ignore ports: those of every other program on this machine come as well, and are none of the functions' affair. */
const onlyCookie = (name: string, value: string): string =>
  value
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`) && PLAIN_VALUE.test(pair.slice(name.length + 1)))
    .join('; ');

/** @param cookie name of the one cookie that is passed on. */
export const requestFields = (raw: RawFields, cookie: string): string[] =>
  endToEnd(raw)
    .map(([name, value]) => [name, /^cookie$/i.test(name) ? onlyCookie(cookie, value) : value] as const)
    .filter(([name, value]) => value !== '' || !/^cookie$/i.test(name))
    .flat();

export const answerFields = (raw: RawFields): string[] => endToEnd(raw).flat();
