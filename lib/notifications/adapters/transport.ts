import * as z from 'zod';
import { readConfig } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { MailTransport } from './port.ts';

/** What a function that sends e-mails needs. */
export const mailConfig = z.discriminatedUnion('MAIL_TRANSPORT', [
  z.object({ MAIL_TRANSPORT: z.literal('smtp'), MAIL_FROM: z.string().min(3), SMTP_URL: z.url() }),
  z.object({
    MAIL_TRANSPORT: z.literal('ses'),
    MAIL_FROM: z.string().min(3),
    MAIL_CONFIGURATION_SET: z.string().optional(),
  }),
]);

/** The stage's way to send e-mails. Loaded when the first is sent, and only the one that is used. */
export const openTransport = async ({ env }: Pick<Runtime, 'env'>): Promise<MailTransport> => {
  const config = readConfig(mailConfig, env);
  if (config.MAIL_TRANSPORT === 'smtp') {
    const { smtpTransport } = await import('./smtp.ts');
    return smtpTransport(config.SMTP_URL);
  }
  const { sesTransport } = await import('./ses.ts');
  return sesTransport(config.MAIL_CONFIGURATION_SET);
};

export const mailFrom = ({ env }: Pick<Runtime, 'env'>): string => readConfig(mailConfig, env).MAIL_FROM;
