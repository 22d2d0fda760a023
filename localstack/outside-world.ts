/** Stand-ins of other companies: an SMS centre that speaks the providers' APIs, and a mail server. What was "sent" shows on their pages. */

import type { KeptPorts } from './kept-ports.ts';
import { type MailSink, startMailSink } from './sandboxes/mail/index.ts';
import { startSmsCentre } from './sandboxes/sms/index.ts';

export interface OutsideWorld {
  /** Phones and their messages, and the three APIs below it. */
  readonly sms: string;
  /** E-mails. */
  readonly mail: string;
  readonly smtp: string;
  stop(): Promise<void>;
}

/** On the wanted port, or, when somebody was faster, on any. */
const onPort = <T>(wanted: number, start: (port: number) => Promise<T>): Promise<T> =>
  start(wanted).catch(() => start(0));

const startMail = async (ports: KeptPorts): Promise<MailSink> => {
  const smtpPort = await ports.pick('smtp');
  return onPort(await ports.pick('mail'), (port) => startMailSink({ port, smtpPort }));
};

/** @param ports seeded providers keep their addresses from start to start, if nothing stands in the way. */
export async function startOutsideWorld(ports: KeptPorts): Promise<OutsideWorld> {
  const startSms = async () => onPort(await ports.pick('sms'), (port) => startSmsCentre({ port }));
  const [sms, mail] = await Promise.all([startSms(), startMail(ports)]);
  return {
    sms: sms.url,
    mail: mail.url,
    smtp: mail.smtpUrl,
    async stop() {
      await Promise.all([sms.stop(), mail.stop()]);
    },
  };
}
