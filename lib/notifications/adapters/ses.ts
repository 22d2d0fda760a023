import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type HandOff, type MailTransport, NOTIFICATION_TAG, withoutAddresses } from './port.ts';

/** They say that SES will never take this e-mail. Source: SES API v2 reference, SendEmail, Errors. */
const ABOUT_THE_EMAIL = new Set(['BadRequestException', 'MessageRejected']);
/** The request never reached anybody. The SDK may wrap such an error, and then only its message tells. */
const NEVER_SENT = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\b/;

interface SesFailure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
}

export const classifySes = ({ name = '', message = '', code = '', $metadata }: SesFailure): HandOff => {
  const status = $metadata?.httpStatusCode ?? 0;
  const answer = withoutAddresses(`${name}: ${message}`);
  if (ABOUT_THE_EMAIL.has(name)) return { kind: 'permanent', answer };
  // Too many at once, paused, suspended, not verified: of the account, and mended there.
  if ((status >= 400 && status < 500) || NEVER_SENT.test(`${code} ${message}`))
    return { kind: 'temporary', answer };
  return { kind: 'lost', answer };
};

/**
 * Amazon SES API v2. It has no idempotency key, so the SDK may not retry by itself. `client` is for tests.
 */
export const sesTransport = (
  configurationSet: string | undefined,
  client: SESv2ClientConfig = {},
): MailTransport => {
  const ses = new SESv2Client({ ...client, maxAttempts: 1 });
  return {
    send: ({ notificationId, from, to, mime }) =>
      ses
        .send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: { Raw: { Data: mime } },
            EmailTags: [{ Name: NOTIFICATION_TAG, Value: notificationId }],
            ...(configurationSet && { ConfigurationSetName: configurationSet }),
          }),
        )
        .then(
          ({ MessageId = '' }): HandOff => ({ kind: 'accepted', answer: MessageId }),
          (error: unknown) => classifySes(error as SesFailure),
        ),
  };
};
