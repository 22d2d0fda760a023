/** Stand-ins of other companies: an SMS centre that speaks the providers' APIs, and a mail server. What was "sent" shows on their pages. */

import { firstFreePort } from './ports.ts';
import { type MailSink, startMailSink } from './sandboxes/mail/index.ts';
import { startSmsCentre } from './sandboxes/sms/index.ts';

/** Where they are looked for first: seeded providers keep their addresses from start to start, if nothing stands in the way. */
const PORTS = { sms: 3020, smtp: 3025, mail: 3030 };

export interface OutsideWorld {
  /** Phones and their messages, and the three APIs below it. */
  readonly sms: string;
  /** Letters. */
  readonly mail: string;
  readonly smtp: string;
  stop(): Promise<void>;
}

/** On the wanted port, or, when somebody was faster, on any. */
const onPort = async <T>(wanted: number, start: (port: number) => Promise<T>): Promise<T> =>
  start(await firstFreePort(wanted)).catch(() => start(0));

const startMail = (): Promise<MailSink> =>
  onPort(PORTS.mail, async (port) => startMailSink({ port, smtpPort: await firstFreePort(PORTS.smtp) }));

export async function startOutsideWorld(): Promise<OutsideWorld> {
  const [sms, mail] = await Promise.all([onPort(PORTS.sms, (port) => startSmsCentre({ port })), startMail()]);
  return {
    sms: sms.url,
    mail: mail.url,
    smtp: mail.smtpUrl,
    async stop() {
      await Promise.all([sms.stop(), mail.stop()]);
    },
  };
}
