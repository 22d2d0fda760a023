/**
 * A sandbox SMS centre: SMSC.ru under /smsc, sms.ru under /smsru and Twilio under /twilio, over HTTP on 127.0.0.1. What was "sent" shows at
 * `/`, `/inbox/<phone>` and `/inbox/<phone>.json`. Faults on request:
 *   POST   /_control           {"api": "smsc" | "smsru" | "twilio" | "*", "faults": {…}}   see faults.ts
 *   POST   /_control/accounts  {"smsc": {…}, "smsru": {…}, "twilio": {…}}                   what the APIs accept, where they report
 *   POST   /_control/advance   {"ref": "…", "status": "…"}                                  moves a message on, and reports it
 *   DELETE /_control           all well again
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { onlyLocal } from '../../local-only.ts';
import { type CentreOptions, SmsCentre, type Taken } from './centre.ts';
import { APIS, type Api, accountsSchema, type FaultsInput, faultsSchema } from './faults.ts';
import { inboxPage, phonesPage } from './inbox-page.ts';
import { type Asked, json, type Reply } from './reply.ts';
import { sendReports } from './reports.ts';
import { smscApi, smscBusy } from './smsc-api.ts';
import { smsruApi, smsruBusy } from './smsru-api.ts';
import { twilioApi, twilioBusy } from './twilio-api.ts';

export interface RunningCentre {
  readonly url: string;
  /** Base address of one API. */
  api(api: Api): string;
  readonly centre: SmsCentre;
  /** Settles when all reports so far have been delivered or given up. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions extends CentreOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** How reports go out; tests hand over the product's own endpoint. */
  readonly fetchReport?: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

const MOST_BYTES = 1_000_000;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const APIS_BY_NAME = { smsc: smscApi, smsru: smsruApi, twilio: twilioApi };
const BUSY = { smsc: smscBusy, smsru: smsruBusy, twilio: twilioBusy };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const serveApi = async (centre: SmsCentre, api: Api, asked: Asked): Promise<Reply> => {
  try {
    const free = centre.enter(api);
    const { latencyMs } = centre.faults(api);
    if (latencyMs > 0) await pause(latencyMs);
    if (!free) return BUSY[api];
    return APIS_BY_NAME[api](centre, asked) ?? json({ error: 'no such method' }, 404);
  } finally {
    centre.leave(api);
  }
};

const controlSchema = z.strictObject({ api: z.enum([...APIS, '*']), faults: faultsSchema.partial() });
const advanceSchema = z.strictObject({ ref: z.string(), status: z.string() });

const control = (centre: SmsCentre, path: string, method: string, body: string): Reply => {
  if (method === 'DELETE') centre.reset();
  else if (path === '/_control/accounts') {
    const parsed = accountsSchema.partial().parse(JSON.parse(body));
    centre.accounts = accountsSchema.parse({ ...centre.accounts, ...parsed });
  } else if (path === '/_control/advance') {
    const { ref, status } = advanceSchema.parse(JSON.parse(body));
    centre.advance(ref, status);
  } else {
    const asked = JSON.parse(body) as { faults: FaultsInput };
    const { api } = controlSchema.parse(asked);
    centre.control(api, asked.faults); // as it came: parsed, it would hold the defaults of what it does not name
  }
  return json({ done: true });
};

const INBOX = /^\/inbox\/([^/]+?)(\.json)?$/;

const show = (centre: SmsCentre, path: string): Reply => {
  const match = INBOX.exec(path);
  if (match) {
    const phone = decodeURIComponent(match[1] ?? '');
    const messages = centre.inbox(phone);
    return match[2] ? json(messages) : { status: 200, type: 'html', body: inboxPage(phone, messages) };
  }
  if (path === '/') return { status: 200, type: 'html', body: phonesPage(centre.inbox()) };
  return json({ error: 'nothing here' }, 404);
};

const route = async (centre: SmsCentre, request: IncomingMessage): Promise<Reply> => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await bodyOf(request);
  const method = request.method ?? 'GET';
  if (url.pathname.startsWith('/_control')) return control(centre, url.pathname, method, body);
  const api = APIS.find((each) => url.pathname.startsWith(`/${each}/`));
  if (!api) return show(centre, url.pathname);
  const fields = new URLSearchParams([...url.searchParams, ...new URLSearchParams(body)]);
  const { authorization } = request.headers;
  return serveApi(centre, api, { method, path: url.pathname.slice(api.length + 1), fields, authorization });
};

const TYPES = { json: 'application/json', html: 'text/html; charset=utf-8', text: 'text/plain' };

const answer = async (
  centre: SmsCentre,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  let reply: Reply;
  try {
    reply = await route(centre, request);
  } catch (error) {
    reply = json({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
  if (reply === 'drop') return void request.socket.destroy();
  response.writeHead(reply.status, { 'content-type': TYPES[reply.type], 'cache-control': 'no-store' });
  response.end(reply.body);
};

export const startSmsCentre = async (options: StartOptions = {}): Promise<RunningCentre> => {
  const centre = new SmsCentre(options);
  const fetchReport = options.fetchReport ?? fetch;
  const telling = new Set<Promise<void>>();
  centre.on('reports', (taken: Taken, codes: readonly string[]) => {
    const told = sendReports(centre, { taken, codes, fetchReport }).finally(() => telling.delete(told));
    telling.add(told);
  });
  const server = createServer(onlyLocal((request, response) => void answer(centre, request, response)));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    api: (api) => `${url}/${api}`,
    centre,
    settled: async () => {
      while (telling.size > 0) await Promise.all(telling);
    },
    stop: async () => {
      centre.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
