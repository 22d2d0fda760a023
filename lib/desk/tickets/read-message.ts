import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findThreadEntry } from '../core/thread-repository.ts';
import { readUrl } from '../intake/file-repository.ts';
import type { Message } from '../intake/message.ts';
import { findMessage } from '../intake/message-repository.ts';
import type { Attachment } from '../model.ts';
import type { AttachmentView, MessageView } from './views.ts';

export const attachmentsView = (
  rt: Runtime,
  attachments: readonly Attachment[] = [],
): Promise<AttachmentView[]> =>
  Promise.all(
    attachments.map(async (attachment) => ({
      ...(attachment as Attachment & Pick<AttachmentView, 'contentType'>),
      url: await readUrl(rt, attachment),
    })),
  );

/** Text and attachments: with the message until it is placed, in the ticket's thread from then on. */
const contentOf = async (
  rt: Runtime,
  { messageId, ticketId, acceptedAt, ...message }: Message,
): Promise<Pick<Message, 'text' | 'attachments'>> =>
  (ticketId && (await findThreadEntry(rt, { ticketId, at: acceptedAt, messageId }))) || message;

/** A client's own message. Throws `message-not-found` for everybody else's too. */
export const readMessage = async (
  rt: Runtime,
  { messageId, clientId }: { messageId: string; clientId: string },
): Promise<MessageView> => {
  const message = await findMessage(rt, messageId);
  if (message?.clientId !== clientId) {
    throw new AppError('missing', 'message-not-found', 'there is no such message');
  }
  const { text = '', attachments } = await contentOf(rt, message);
  return {
    messageId,
    state: message.state,
    text,
    acceptedAt: message.acceptedAt,
    attachments: await attachmentsView(rt, attachments),
    ticketId: message.ticketId,
    urgentGranted: message.urgentGranted,
    reason: message.reason,
  };
};
