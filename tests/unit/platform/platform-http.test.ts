import { createHash } from 'node:crypto';
import { endpoints, handler } from '../../../functions/platform/routes.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { httpEvent, lambdaContext, request } from '../../support/platform/request.ts';

describe('the platform’s own addresses', () => {
  test('/v1/openapi.json is the document', async () => {
    const answer = await request(await offlineRuntime(), endpoints, 'GET /v1/openapi.json');
    expect([answer.status, answer.headers['content-type'], answer.body.openapi]).toEqual([
      200,
      'application/json',
      '3.1.0',
    ]);
  });

  test('/v1/docs may run its own style and nothing else', async () => {
    const answer = await request(await offlineRuntime(), endpoints, 'GET /v1/docs');
    const style = /<style>([\s\S]*)<\/style>/.exec(answer.body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['content-security-policy']).toContain(
      `default-src 'none'; style-src 'sha256-${hash}'`,
    );
  });

  test.each(['GET /', 'POST /v2/messages', 'GET /.env', 'GET /v1/docs/../../etc/passwd'])(
    '%s is a problem like any other',
    async (line) => {
      const answer = await request(await offlineRuntime(), endpoints, line);
      expect([answer.status, answer.body.code, answer.body.instance]).toEqual([
        404,
        'route-not-found',
        'gateway-request-1',
      ]);
    },
  );

  test.each([
    ['DELETE /v1/tickets', 'GET, HEAD, OPTIONS'],
    ['PATCH /v1/executors/me/heartbeat', 'POST, OPTIONS'],
    ['TRACE /v1/sms/check', 'POST, OPTIONS'],
  ])(
    '%s, which a route of the gateway missed, is 405 and says what may be done there',
    async (line, allow) => {
      const event = httpEvent(line);
      const answer = await withRuntime(await offlineRuntime(), () => handler(event, lambdaContext()));
      expect(answer).toMatchObject({ statusCode: 405, headers: { allow } });
    },
  );
});
