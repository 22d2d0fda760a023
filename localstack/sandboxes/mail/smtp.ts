import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Emails } from './emails.ts';
import { type Fault, type Faults, refusal } from './faults.ts';

const MAX_BYTES = 10_000_000;

const addressOf = (given: { address: string } | false): string => (given ? given.address : '');

const recipientsOf = ({ envelope }: SMTPServerSession): string[] => envelope.rcptTo.map(addressOf);

const answerTo = ({ kind, code, text }: Fault): Error =>
  kind === 'greylist'
    ? refusal(code ?? 451, text ?? '4.7.1 Greylisted, try again later')
    : refusal(code ?? 550, text ?? '5.1.1 No such mailbox here');

const refusesAt =
  (stage: 'recipient' | 'data') =>
  (fault: Fault): boolean =>
    (fault.kind === 'refuse' || fault.kind === 'greylist') && (fault.stage ?? 'recipient') === stage;

const kindIs =
  (kind: Fault['kind']) =>
  (fault: Fault): boolean =>
    fault.kind === kind;

const readAll = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** What smtp-server knows of a client; it has no way of its own to drop one. */
interface Connection {
  readonly session?: { readonly id: string };
  readonly _socket?: Socket;
}

const connectionsOf = (server: SMTPServer): Iterable<Connection> =>
  server.connections as unknown as Iterable<Connection>;

/** Stops listening and drops whoever is connected. */
export const endSmtpServer = async (server: SMTPServer): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const { _socket } of connectionsOf(server)) _socket?.destroy();
  await closed;
};

/** A real SMTP server which takes every e-mail, unless a fault says otherwise. */
export const createSmtpServer = (emails: Emails, faults: Faults): SMTPServer => {
  const drop = ({ id }: SMTPServerSession): void => {
    for (const { session, _socket } of connectionsOf(server)) if (session?.id === id) _socket?.destroy();
  };

  /** Says whether the client is to be told that the e-mail was taken. */
  const take = async (stream: Readable, session: SMTPServerSession): Promise<boolean> => {
    const to = recipientsOf(session);
    const fault = (fits: (each: Fault) => boolean) => faults.take(to.join(' '), fits);
    if (fault(kindIs('cut'))) {
      drop(session);
      return false;
    }
    const raw = await readAll(stream);
    const delay = fault(kindIs('delay'));
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay.ms ?? 1000));
    const refused = fault(refusesAt('data'));
    if (refused) throw answerTo(refused);
    await emails.receive(raw, { from: addressOf(session.envelope.mailFrom), to });
    if (!fault(kindIs('lose'))) return true;
    drop(session);
    return false;
  };

  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MAX_BYTES,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const refused = faults.take(address, refusesAt('recipient'));
      done(refused ? answerTo(refused) : undefined);
    },
    onData: (stream, session, done) => {
      take(stream, session).then(
        (taken) => {
          if (taken) done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  // A client that goes away is its own affair.
  server.on('error', () => {});
  return server;
};
