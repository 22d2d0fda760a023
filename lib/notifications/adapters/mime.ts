import MailComposer from 'nodemailer/lib/mail-composer';
import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../model.ts';
import type { RenderedEmail } from '../rendering/render.ts';

export interface Envelope {
  readonly notificationId: string;
  /** `Desk <desk@firm.example>` or a bare address. */
  readonly from: string;
  readonly to: string;
  readonly locale: Locale;
  readonly at: Instant;
}

/** `Desk <desk@firm.example>` → `desk@firm.example` */
export const bareAddress = (sender: string): string => /<([^>]+)>/.exec(sender)?.[1] ?? sender;

/** Stable: whoever gets the same e-mail twice can see that it is one. */
export const messageIdOf = ({ notificationId, from }: Pick<Envelope, 'notificationId' | 'from'>): string =>
  `<${notificationId}@${bareAddress(from).split('@')[1] ?? 'localhost'}>`;

/**
 * The e-mail as it travels: plain text and HTML side by side. Every header is one line, whatever is put in it. It says
 * that a machine wrote it (RFC 3834), so that no other machine answers.
 */
export const mimeOf = (email: RenderedEmail, envelope: Envelope): Promise<Buffer> =>
  new MailComposer({
    from: envelope.from,
    to: { name: '', address: envelope.to },
    subject: email.subject,
    text: email.text,
    html: email.html,
    messageId: messageIdOf(envelope),
    date: new Date(envelope.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': envelope.locale },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
