/** An e-mail ready to go: the whole MIME message, and the envelope it travels in. */
export interface Outgoing {
  readonly notificationId: string;
  readonly from: string;
  readonly to: string;
  readonly mime: Buffer;
}

/**
 * What came of handing an e-mail off.
 * - `accepted`: the other side has it, and says so.
 * - `temporary`: it surely has not; later it may take it.
 * - `permanent`: it refused this e-mail and will refuse it again.
 * - `lost`: nobody can say. Sending it again might send it twice.
 * `answer` is what the other side said, without addresses.
 */
export type HandOff =
  | { readonly kind: 'accepted'; readonly answer: string }
  | { readonly kind: 'temporary'; readonly answer: string }
  | { readonly kind: 'permanent'; readonly answer: string }
  | { readonly kind: 'lost'; readonly answer: string };

/** A way to send e-mails. It never throws, and it hands an e-mail off at most once per call. */
export interface MailTransport {
  send(email: Outgoing): Promise<HandOff>;
}

/** Name of the message tag by which what a mail service tells of an e-mail finds its notification. */
export const NOTIFICATION_TAG = 'notification';

const MAX_ANSWER_CHARS = 300;

/** Mail servers repeat the address in what they answer; nobody needs it where answers are kept. */
export const withoutAddresses = (answer: string): string =>
  answer
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '***')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_ANSWER_CHARS);
