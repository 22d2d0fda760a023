import { createHash } from 'node:crypto';
import * as z from 'zod';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { request } from '../../support/platform/request.ts';

const SECRET = 'a secret of the front, long and made by chance';
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const whoAmI = onHttp(
  {
    method: 'GET',
    path: '/v1/ip',
    summary: '',
    tag: 't',
    access: 'public',
    answers: { 200: z.object({ ip: z.string() }) },
  },
  async ({ origin }) => ({ status: 200, body: { ip: origin.ip } }),
);

const ask = async (headers: Record<string, string>, hashes?: string, line = 'GET /v1/ip') => {
  const rt = await offlineRuntime({ env: hashes === undefined ? {} : { ORIGIN_SECRET_SHA256: hashes } });
  return request(rt, [whoAmI], line, { headers });
};

const viewer = (address: string) => ({ 'cloudfront-viewer-address': address });
const fromFront = { 'x-origin-secret': SECRET };

describe('behind the console’s own distribution', () => {
  const behind = async (headers: Record<string, string>) => {
    const env = { ORIGIN_SECRET_SHA256: hashOf(SECRET), VIEWER_ADDRESS_HEADER: 'x-viewer-address' };
    return request(await offlineRuntime({ env }), [whoAmI], 'GET /v1/ip', { headers });
  };

  test.each(['192.0.2.1', '2001:db8::7'])('a caller is at %s as its function says', async (ip) => {
    const headers = { ...fromFront, 'x-viewer-address': ip, ...viewer('198.51.100.9:1') };
    expect((await behind(headers)).body).toEqual({ ip });
  });

  test.each([
    ['without its header', { ...fromFront, ...viewer('192.0.2.1:443') }],
    ['with something else in it', { ...fromFront, 'x-viewer-address': '192.0.2.1, 192.0.2.2' }],
    ['without the secret', { 'x-viewer-address': '192.0.2.1' }],
  ])('a request %s is refused', async (_, headers) => {
    expect((await behind(headers)).status).toBe(403);
  });
});

describe('without CloudFront', () => {
  test.each([
    ['nothing', {}],
    ['X-Forwarded-For', { 'x-forwarded-for': '192.0.2.1' }],
    ['Forwarded', { forwarded: 'for=192.0.2.1' }],
    ['X-Real-IP', { 'x-real-ip': '192.0.2.1' }],
    ['the header of a CloudFront that is not there', viewer('192.0.2.1:443')],
  ])('a caller is where the gateway sees them, with %s', async (_, headers) => {
    expect((await ask(headers)).body).toEqual({ ip: '203.0.113.7' });
  });
});

describe('behind CloudFront', () => {
  test.each([
    ['198.51.100.10:46532', '198.51.100.10'],
    ['2001:db8:85a3::8a2e:370:7334:46532', '2001:db8:85a3::8a2e:370:7334'],
    ['[2001:db8::1]:443', '2001:db8::1'],
  ])('a caller is where it saw them: %s', async (seen, ip) => {
    const headers = { ...viewer(seen), ...fromFront, 'x-forwarded-for': '192.0.2.1' };
    expect((await ask(headers, hashOf(SECRET))).body).toEqual({ ip });
  });

  test.each([
    ['without the secret', viewer('198.51.100.10:443')],
    ['with a wrong secret', { ...viewer('198.51.100.10:443'), 'x-origin-secret': `${SECRET}.` }],
    ['with the secret’s hash', { ...viewer('198.51.100.10:443'), 'x-origin-secret': hashOf(SECRET) }],
    ['without the viewer’s address', fromFront],
    ['with an address that is none', { ...viewer('somewhere'), ...fromFront }],
  ])('a request %s is 403, whatever it asks for', async (_, headers) => {
    for (const line of ['GET /v1/ip', 'OPTIONS /v1/ip', 'GET /v1/nothing']) {
      const answer = await ask(headers, hashOf(SECRET), line);
      expect([answer.status, answer.body.code]).toEqual([403, 'direct-access']);
    }
  });

  test('two secrets are valid while one replaces the other', async () => {
    const hashes = `${hashOf('the next one')},${hashOf(SECRET)}`;
    expect((await ask({ ...viewer('198.51.100.10:1'), ...fromFront }, hashes)).status).toBe(200);
  });
});
