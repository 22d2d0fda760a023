import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mimeOf } from '../../../lib/notifications/adapters/mime.ts';
import type { MailTransport, Outgoing } from '../../../lib/notifications/adapters/port.ts';
import { sesTransport } from '../../../lib/notifications/adapters/ses.ts';
import { serverOf, smtpTransport } from '../../../lib/notifications/adapters/smtp.ts';
import { emailSchema } from '../../../lib/platform/input/email-address.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';

type Mood = 'takes' | 'refuses' | 'refuses for now' | 'takes and is silent';

/** One side of the port: the adapter, and an outside world in a mood. */
interface World {
  readonly transport: MailTransport;
  be(mood: Mood): void;
  /** How many e-mails the other side has. */
  received(): number;
  lastRaw(): string;
  stop(): Promise<void>;
}

const smtpWorld = async (): Promise<World> => {
  const sink: MailSink = await startMailSink();
  return {
    transport: smtpTransport(sink.smtpUrl),
    be: (mood) => {
      if (mood === 'refuses') sink.fault({ kind: 'refuse', times: 1 });
      if (mood === 'refuses for now') sink.fault({ kind: 'greylist', times: 1 });
      if (mood === 'takes and is silent') sink.fault({ kind: 'lose', times: 1 });
    },
    received: () => sink.emails().length,
    lastRaw: () => sink.emails()[0]?.raw ?? '',
    stop: () => sink.stop(),
  };
};

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html: answers and errors as it states them. */
const SES_ANSWERS: Readonly<Record<Exclude<Mood, 'takes and is silent'>, [number, string, object]>> = {
  takes: [200, '', { MessageId: '010001' }],
  refuses: [400, 'MessageRejected', { message: 'Email address is not verified: a@b.example' }],
  'refuses for now': [429, 'TooManyRequestsException', { message: 'Maximum sending rate exceeded.' }],
};

const sesWorld = async (): Promise<World> => {
  let mood: Mood = 'takes';
  const taken: { Content: { Raw: { Data: string } }; EmailTags: object[]; ConfigurationSetName: string }[] =
    [];
  const read = async (request: IncomingMessage): Promise<(typeof taken)[number]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    expect(request.url).toBe('/v2/email/outbound-emails');
    const body = await read(request);
    if (mood.startsWith('takes')) taken.push(body);
    if (mood === 'takes and is silent') {
      (response.socket as Socket).destroy();
      return;
    }
    const [status, type, content] = SES_ANSWERS[mood];
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type && { 'x-amzn-errortype': type }),
    });
    response.end(JSON.stringify(content));
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    transport: sesTransport('test-set', { endpoint, region: 'eu-central-1', credentials }),
    be: (next) => {
      mood = next;
    },
    received: () => taken.length,
    lastRaw: () => Buffer.from(taken.at(-1)?.Content.Raw.Data ?? '', 'base64').toString('utf8'),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const email = (text = 'Hello'): Outgoing => ({
  notificationId: 'ntf_1',
  from: 'desk@rotadesk.example',
  to: 'anna@emails.example',
  mime: Buffer.from(`Subject: Test\r\nMessage-ID: <ntf_1@rotadesk.example>\r\n\r\n${text}\r\n.\r\nend\r\n`),
});

describe.each([
  ['SMTP', smtpWorld],
  ['SES', sesWorld],
] as const)('R-NOT-01 the port of mail transports over %s', (_name, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.stop());

  test.each([
    ['takes', 'accepted', 1],
    ['refuses', 'permanent', 0],
    ['refuses for now', 'temporary', 0],
    ['takes and is silent', 'lost', 1],
  ] as const)('a side that %s: %s, and asked once', async (mood, kind, received) => {
    world.be(mood);
    const result = await world.transport.send(email());
    expect(result.kind).toBe(kind);
    expect(result.answer).not.toContain('@');
    expect(world.received()).toBe(received);
  });

  test('the e-mail arrives byte by byte, a dot on a line of its own included', async () => {
    await world.transport.send(email('Привет'));
    expect(world.lastRaw()).toContain('Message-ID: <ntf_1@rotadesk.example>\r\n\r\nПривет\r\n.\r\nend\r\n');
  });

  test('nobody there: temporary, nothing was sent', async () => {
    await world.stop();
    expect(await world.transport.send(email())).toMatchObject({ kind: 'temporary' });
    world = await open();
  });
});

test('R-NOT-01 SMTP: a connection that breaks within the e-mail surely delivered nothing', async () => {
  const sink = await startMailSink();
  sink.fault({ kind: 'cut', times: 1 });
  const result = await smtpTransport(sink.smtpUrl).send(email('x'.repeat(76).concat('\r\n').repeat(90_000)));
  expect(result.kind).toBe('temporary');
  expect(sink.emails()).toEqual([]);
  await sink.stop();
});

test.each([
  ['anna@почта.рф', 'anna@xn--80a1acny.xn--p1ai'],
  ["o'brien+a#b@münchen.de", "o'brien+a#b@xn--mnchen-3ya.de"],
])('R-AUTH-03 an e-mail to %s arrives', async (typed, address) => {
  const sink = await startMailSink();
  const to = emailSchema.parse(typed);
  const rendered = { subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };
  const envelope = { notificationId: 'ntf_1', from: 'desk@rotadesk.example', to } as const;
  const mime = await mimeOf(rendered, { ...envelope, locale: 'en', at: '2026-01-05T08:00:00.000Z' });
  const result = await smtpTransport(sink.smtpUrl).send({ ...envelope, mime });
  const [email] = sink.emails();
  await sink.stop();
  expect(result).toMatchObject({ kind: 'accepted' });
  // The server shows a domain in its own script; over the wire it was in ASCII.
  expect(email).toMatchObject({ envelope: { to: [typed] }, subject: 'Hello' });
  expect(email?.raw).toContain(`To: ${address}\r\n`);
});

test('R-NOT-01 SMTP: e-mails and passwords leave this machine encrypted or not at all', () => {
  expect(serverOf('smtp://user:p%40ss@mail.example').connection).toMatchObject({
    port: 587,
    requireTLS: true,
  });
  expect(serverOf('smtps://mail.example').connection).toMatchObject({ port: 465, secure: true });
  expect(serverOf('smtp://127.0.0.1:25').connection).toMatchObject({ port: 25, requireTLS: false });
  expect(serverOf('smtp://user:p%40ss@mail.example').login).toEqual({ user: 'user', pass: 'p@ss' });
});
