import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withBucketCors } from '../../../localstack/bucket-cors.ts';

const PAGE = 'http://127.0.0.1:3000';
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(
    withBucketCors((_request, response) => response.writeHead(200, { etag: '"a"' }).end('kept')),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a page may upload to the bucket and read the answer', async () => {
  const answer = await fetch(url, { method: 'POST', body: 'file', headers: { origin: PAGE } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(await answer.text()).toBe('kept');
});

test('the preflight of an upload is answered, with the headers that the page means to send', async () => {
  const headers = { origin: PAGE, 'access-control-request-headers': 'x-amz-meta-a' };
  const answer = await fetch(url, { method: 'OPTIONS', headers });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
  expect(answer.headers.get('access-control-allow-headers')).toBe('x-amz-meta-a');
});

test('what is no page is answered as ever', async () => {
  const answer = await fetch(url);
  expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  expect(await answer.text()).toBe('kept');
});
