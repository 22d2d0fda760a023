/**
 * The outside world's mail on a laptop: a real SMTP server that keeps what it is sent, and a web inbox.
 *
 *   GET /                 the inbox           GET /e-mails.json?to=<address>
 *   GET /email/<id>      one e-mail          GET /email/<id>.json
 *   POST /_control        {kind: 'refuse' | 'greylist' | 'delay' | 'cut' | 'lose', …} (faults.ts); DELETE: none any more
 *
 * Alone: `node localstack/sandboxes/mail/index.ts`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { onlyLocal } from '../../local-only.ts';
import { type Email, Emails } from './emails.ts';
import { type Fault, Faults, faultSchema } from './faults.ts';
import { emailPage, inboxPage } from './pages.ts';
import { createSmtpServer, endSmtpServer } from './smtp.ts';

export type { Email } from './emails.ts';
export type { Fault } from './faults.ts';

export interface MailSink {
  /** Of the web inbox. */
  readonly url: string;
  /** `smtp://127.0.0.1:…` */
  readonly smtpUrl: string;
  /** Newest first. */
  emails(to?: string): readonly Email[];
  fault(fault: Fault): void;
  /** Forgets e-mails and faults. */
  clear(): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: 'application/json' | 'text/html; charset=utf-8';
  readonly body: string;
}

const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const html = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body });
const NOT_FOUND = json(404, { error: 'not found' });

const read = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};

const control = async (request: IncomingMessage, faults: Faults): Promise<Answer> => {
  if (request.method === 'DELETE') {
    faults.clear();
    return json(200, {});
  }
  const fault = faultSchema.safeParse(await read(request));
  if (!fault.success)
    return json(400, { error: fault.error.issues.map(({ message }) => message).join('; ') });
  faults.add(fault.data);
  return json(200, fault.data);
};

const show = (url: URL, emails: Emails): Answer => {
  if (url.pathname === '/') return html(inboxPage(emails.list()));
  if (url.pathname === '/emails.json') return json(200, emails.list(url.searchParams.get('to') ?? undefined));
  const [, id = '', suffix] = /^\/email\/(\d+)(\.json)?$/.exec(url.pathname) ?? [];
  const email = emails.find(id);
  if (!email) return NOT_FOUND;
  return suffix ? json(200, email) : html(emailPage(email));
};

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  { emails, faults }: { emails: Emails; faults: Faults },
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://sink.invalid');
  const answer = url.pathname === '/_control' ? await control(request, faults) : show(url, emails);
  response.writeHead(answer.status, { 'content-type': answer.type, 'cache-control': 'no-store' });
  response.end(answer.body);
};

const HOST = '127.0.0.1';

const listening = async (server: NetServer, port: number): Promise<number> => {
  server.listen(port, HOST);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Ports are free ones unless told. Everything binds to 127.0.0.1 and is kept in memory. */
export async function startMailSink(options: { port?: number; smtpPort?: number } = {}): Promise<MailSink> {
  const [emails, faults] = [new Emails(), new Faults()];
  const smtp = createSmtpServer(emails, faults);
  const web = createServer(
    onlyLocal((request, response) => {
      serve(request, response, { emails, faults }).catch(() => response.destroy());
    }),
  );
  const smtpPort = await listening(smtp.server, options.smtpPort ?? 0);
  const port = await listening(web, options.port ?? 0);
  return {
    url: `http://${HOST}:${port}`,
    smtpUrl: `smtp://${HOST}:${smtpPort}`,
    emails: (to) => emails.list(to),
    fault: (fault) => faults.add(faultSchema.parse(fault)),
    clear: () => {
      emails.clear();
      faults.clear();
    },
    stop: async () => {
      await endSmtpServer(smtp);
      const closed = once(web, 'close');
      web.close();
      web.closeAllConnections();
      await closed;
    },
  };
}

const alone = async (): Promise<void> => {
  const sink = await startMailSink({ port: 8025, smtpPort: 8026 });
  console.log(`inbox ${sink.url}, ${sink.smtpUrl}`);
};

if (import.meta.main) void alone();
