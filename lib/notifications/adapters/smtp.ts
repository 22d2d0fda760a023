import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { type HandOff, type MailTransport, type Outgoing, withoutAddresses } from './port.ts';

const CONNECT_MS = 5_000;
const GREETING_MS = 5_000;
const SILENCE_MS = 15_000;
/** Of the whole dialogue; well below the time-out of the function (functions.yml). */
const DIALOGUE_MS = 30_000;

interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Answers to these speak of the e-mail. A 5xx before them (greeting, TLS, AUTH) speaks of us and may be mended. */
const ABOUT_THE_EMAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/** Source: RFC 5321, 4.2.1 (4yz: try again; 5yz: do not) and 4.2.5 (only an answer to the end of data is an acceptance). */
export const classifySmtp = (failure: SmtpFailure, wholeEmailSent: boolean): HandOff => {
  const { code = '', command = '', responseCode, response } = failure;
  const answer = withoutAddresses(response ?? `${command} ${code}`);
  if (responseCode === undefined) return { kind: wholeEmailSent ? 'lost' : 'temporary', answer };
  const final = responseCode >= 500 && ABOUT_THE_EMAIL.has(command);
  return { kind: final ? 'permanent' : 'temporary', answer };
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

interface Server {
  readonly connection: SMTPConnectionOptions;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
}

/** `smtps://user:password@host:465`, `smtp://host:587`. E-mails leave this machine encrypted or not at all. */
export const serverOf = (address: string): Server => {
  const { protocol, hostname, port, username, password } = new URL(address);
  const secure = protocol === 'smtps:';
  return {
    connection: {
      host: hostname,
      port: Number(port) || (secure ? 465 : 587),
      secure,
      requireTLS: !secure && !LOOPBACK.has(hostname),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: GREETING_MS,
      socketTimeout: SILENCE_MS,
    },
    login: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
  };
};

type Done = (error?: Error | null, answer?: string) => void;

interface Talk extends Server {
  readonly email: Outgoing;
  readonly body: Readable;
}

/** The whole dialogue. Calls `done` once, or more than once when the connection breaks after it. */
const talk = (smtp: SMTPConnection, { login, email, body }: Talk, done: Done): void => {
  const send = () =>
    smtp.send({ from: email.from, to: [email.to] }, body, (error, info) => done(error, info?.response));
  smtp.on('error', done);
  // A server that hangs up between commands is no error to nodemailer.
  smtp.once('end', () => done(new Error('the connection ended')));
  smtp.connect((error) => {
    if (error) return done(error);
    if (!login) return send();
    smtp.login(login, (refused) => (refused ? done(refused) : send()));
  });
};

/** One connection per e-mail: a Lambda that slept may hold a dead one. */
export const smtpTransport = (address: string): MailTransport => {
  const server = serverOf(address);
  return {
    send: (email) =>
      new Promise((resolve) => {
        const smtp = new SMTPConnection(server.connection);
        const body = Readable.from([email.mime]);
        let wholeEmailSent = false;
        // The dot that ends the e-mail follows at once: from here on it may have been taken.
        body.once('end', () => {
          wholeEmailSent = true;
        });
        const done: Done = (error, answer = '') => {
          clearTimeout(deadline);
          // Only the first word counts: closing, below, brings about another one.
          resolve(
            error
              ? classifySmtp(error as SmtpFailure, wholeEmailSent)
              : { kind: 'accepted', answer: withoutAddresses(answer) },
          );
          if (error) smtp.close();
          else smtp.quit();
        };
        const deadline = setTimeout(() => done(new Error('the dialogue took too long')), DIALOGUE_MS);
        talk(smtp, { ...server, email, body }, done);
      }),
  };
};
