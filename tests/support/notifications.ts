import { randomUUID } from 'node:crypto';
import { type SendMessageBatchCommandInput, SendMessageCommand } from '@aws-sdk/client-sqs';
import { userChanged } from '../../lib/identity/events.ts';
import { findNotification } from '../../lib/notifications/core/notification-repository.ts';
import type { NotificationRequest } from '../../lib/notifications/internal-events.ts';
import { notificationRequested } from '../../lib/notifications/internal-events.ts';
import { type Notification, notificationIdOf } from '../../lib/notifications/model.ts';
import type { Role } from '../../lib/platform/caller.ts';
import { queueUrl } from '../../lib/platform/config.ts';
import type { DomainEvent, EventDraft } from '../../lib/platform/events/event.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { commit } from '../../lib/platform/storage/commit.ts';
import type { MailSink } from '../../localstack/sandboxes/mail/index.ts';
import { drain, type TestAws, type TestRuntime, testRuntime } from './aws/index.ts';

export const FROM = 'Rotadesk <no-reply@rotadesk.example>';

/** A world whose e-mails go to this sink. */
export const mailRuntime = (aws: TestAws, sink: Pick<MailSink, 'smtpUrl'>): Promise<TestRuntime> =>
  testRuntime(aws, { env: { MAIL_TRANSPORT: 'smtp', MAIL_FROM: FROM, SMTP_URL: sink.smtpUrl } });

export const fresh = (prefix: string): string => `${prefix}_${randomUUID()}`;
export const freshAddress = (): string => `${randomUUID()}@emails.example`;

/** Facts as some module's commit would publish them. */
export const publish = (rt: Runtime, ...events: EventDraft[]): Promise<void> =>
  commit(rt, { writes: [], events });

type Asked = Partial<NotificationRequest>;

/** A request for the e-mail that asks to confirm an address. */
export const confirmation = (asked: Asked = {}): NotificationRequest => ({
  key: fresh('confirm'),
  template: 'email-confirmation',
  locale: 'en',
  channel: 'email',
  recipient: { email: freshAddress() },
  data: { name: 'Anna Orlova' },
  tokenRef: { purpose: 'email-confirmation', ref: fresh('ref') },
  ...asked,
});

/** Asks, and lets every queue run empty. */
export const askFor = async (rt: TestRuntime, request: NotificationRequest): Promise<void> => {
  await publish(rt, notificationRequested.draft(request));
  await drain(rt);
};

export const noteOf = async (
  rt: Runtime,
  { key }: Pick<NotificationRequest, 'key'>,
): Promise<Notification> => {
  const found = await findNotification(rt, notificationIdOf(key));
  if (!found) throw new Error(`no notification of the key ${key}`);
  return found;
};

interface Known {
  readonly userId?: string;
  readonly version?: number;
  readonly phone?: string;
  readonly email?: string;
  readonly emailConfirmed?: boolean;
  readonly name?: string;
  readonly locale?: 'ru' | 'en';
  readonly roles?: readonly Role[];
  readonly locked?: boolean;
}

/** Identity's event of a user. */
export const userFactOf = ({
  userId = fresh('usr'),
  version = 1,
  roles = ['client'],
  ...rest
}: Known = {}): EventDraft & { data: { userId: string } } => {
  const data = {
    userId,
    phone: '+79161234567',
    emailConfirmed: rest.email !== undefined,
    locale: 'en' as const,
    locked: false,
    ...rest,
    roles: [...roles],
  };
  return { ...userChanged.draft(data, { aggregate: { id: userId, version } }), data };
};

/** Every body that this world sends to a queue, by the queue's name without its stage. */
export const watchQueues = (rt: TestRuntime): { bodies(queue: string): DomainEvent[]; all(): string[] } => {
  const sent: { url: string; body: string }[] = [];
  rt.sqs.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as Partial<SendMessageBatchCommandInput> & { MessageBody?: string };
      const bodies = [input.MessageBody, ...(input.Entries ?? []).map((each) => each.MessageBody)];
      for (const body of bodies) if (body !== undefined) sent.push({ url: input.QueueUrl ?? '', body });
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'watchQueues' },
  );
  return {
    bodies: (queue) =>
      sent.filter(({ url }) => url.endsWith(`-${queue}`)).map(({ body }) => JSON.parse(body) as DomainEvent),
    all: () => sent.map(({ body }) => body),
  };
};

/** Puts a message of our own making into a queue; into some no function sends, so no environment names them. */
export const sendRaw = async (rt: TestRuntime, queue: string, body: unknown): Promise<void> => {
  const QueueUrl = queueUrl(rt.env, 'emails').replace(/emails$/, queue);
  await rt.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
};

export const MINUTE_MS = 60_000;
