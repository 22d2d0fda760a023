import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { callOut } from '../../../lib/platform/outbound/call-out.ts';
import { pinnedFetch, publicLookup } from '../../../lib/platform/outbound/pinned-fetch.ts';

const MB = 1024 * 1024;
const LOCAL = { OUTBOUND_PORTS: '443', OUTBOUND_LOOPBACK: 'allowed' };
const DEPLOYED = { OUTBOUND_PORTS: '443' };

/** What a name stands for, and how often somebody asked. */
const resolver = (...addresses: string[]) => {
  let asked = 0;
  const resolve: LookupFunction = (_host, _options, done) => {
    asked += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, asked: () => asked };
};

let server: Server;
let url: string;
let answer: (response: ServerResponse, path: string) => void;
let seen: { method?: string | undefined; path?: string | undefined; body: string; headers: object }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      seen.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      answer(response, path ?? '');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
});
beforeEach(() => {
  seen = [];
  answer = (response) => response.end('taken');
});

describe('R-SMS-04 an address that somebody typed', () => {
  test.each([
    [['10.0.0.1']],
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '10.0.0.1']],
    [['2606:4700::1111', '::ffff:10.0.0.1']],
    [['64:ff9b:1::a00:1']],
    [[]],
  ])('is not called where its name stands for %j', async (addresses) => {
    const way = pinnedFetch({ env: DEPLOYED, resolve: resolver(...addresses).resolve });
    await expect(way('https://crm.example/hook', { method: 'POST', body: '{}' })).rejects.toMatchObject({
      code: 'EADDRESSREFUSED',
    });
  });

  test('is resolved once: the socket gets the very addresses that were evaluated', async () => {
    const { resolve, asked } = resolver('8.8.8.8', '2606:4700::1111');
    const lookup = publicLookup(resolve);
    const given = await new Promise((done) =>
      lookup('crm.example', { all: true }, (_, found) => done(found)),
    );
    expect(given).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    const one = await new Promise((done) =>
      lookup('crm.example', {}, (_, found, family) => done([found, family])),
    );
    expect(one).toEqual(['8.8.8.8', 4]);
    expect(asked()).toBe(2);
  });

  test('is refused by its text before anybody resolves it', async () => {
    const { resolve, asked } = resolver('8.8.8.8');
    const way = pinnedFetch({ env: DEPLOYED, resolve });
    for (const wrong of [
      'http://crm.example',
      url,
      'https://169.254.169.254',
      'https://[::ffff:a00:1]',
      'https://localhost',
    ])
      await expect(way(wrong)).rejects.toMatchObject({ code: 'EADDRESSREFUSED' });
    await expect(
      callOut(
        { fetch: way },
        { url: 'https://crm.example:22', method: 'GET', rules: { ports: [443], loopback: false } },
      ),
    ).rejects.toMatchObject({ code: 'EADDRESSREFUSED' });
    expect([asked(), seen]).toEqual([0, []]);
  });

  test('may be this machine in the local run, and no name and no other machine', async () => {
    const { resolve } = resolver('127.0.0.1');
    const way = pinnedFetch({ env: LOCAL, resolve });
    expect(await (await way(url)).text()).toBe('taken');
    await expect(way('https://localhost.firm.example')).rejects.toMatchObject({ code: 'EADDRESSREFUSED' });
    await expect(way('http://10.0.0.1')).rejects.toMatchObject({ code: 'EADDRESSREFUSED' });
  });
});

describe('R-SMS-04 an answer', () => {
  const way = pinnedFetch({ env: LOCAL });

  test('comes with status, headers and text; the request arrives as it was made', async () => {
    answer = (response) =>
      response.writeHead(202, { 'x-a': ['1', '2'], 'content-type': 'text/plain' }).end('да');
    const body = new URLSearchParams({ a: 'b c' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Basic x' };
    const taken = await way(`${url}/send?x=1`, { method: 'POST', headers, body });
    expect([taken.status, taken.headers.get('x-a'), await taken.text()]).toEqual([202, '1, 2', 'да']);
    expect(seen).toMatchObject([{ method: 'POST', path: '/send?x=1', body: 'a=b+c', headers }]);
  });

  test('that leads elsewhere is not followed', async () => {
    answer = (response, path) =>
      response.writeHead(path === '/' ? 307 : 200, { location: `${url}/inner` }).end();
    const taken = await way(`${url}/`, { method: 'POST', body: 'secret' });
    await taken.text();
    expect([taken.status, seen.map(({ path }) => path)]).toEqual([307, ['/']]);
  });

  test('of no body is one', async () => {
    answer = (response) => response.writeHead(204).end();
    const taken = await way(url);
    expect([taken.status, await taken.text()]).toEqual([204, '']);
  });

  test('longer than 5 MB is cut off', async () => {
    answer = (response) => response.end(Buffer.alloc(5 * MB, 97));
    expect(await (await way(url)).text()).toHaveLength(5 * MB);
    answer = (response) => response.end(Buffer.alloc(5 * MB + 1, 97));
    await expect((await way(url)).text()).rejects.toMatchObject({ code: 'EANSWERTOOLARGE' });
  });

  test('that does not come, or does not end, is given up with the word for it', async () => {
    answer = () => undefined;
    const call = { url, method: 'GET', rules: { ports: [443], loopback: true }, timeoutMs: 50 } as const;
    await expect(callOut({ fetch: way }, call)).rejects.toMatchObject({ name: 'TimeoutError' });
    answer = (response) => void response.write('begun');
    await expect(callOut({ fetch: way }, call).then((begun) => begun.text())).rejects.toThrow();
  });

  test('from nobody tells that nothing was sent', async () => {
    await expect(way('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
