import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findTogether } from '../../platform/storage/find-together.ts';
import { findThreadEntry, threadEntries } from '../core/thread-repository.ts';
import { readUrl } from '../intake/file-repository.ts';
import { type Message, openedTicketId } from '../intake/message.ts';
import { findMessage, inboxEntries } from '../intake/message-repository.ts';
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

type Content = Pick<Message, 'text' | 'attachments'>;
type Seen = Pick<Message, 'state' | 'ticketId'> & Content;

/** Where a message is that its record says nothing of: still in the inbox, or in the ticket that it opened. */
const placeNow = async (rt: Runtime, message: Message): Promise<Seen | undefined> => {
  const ticketId = openedTicketId(message);
  const { place, entry } = await findTogether(rt, {
    place: inboxEntries.at(message),
    entry: threadEntries.at({ ...message, kind: 'client', ticketId, at: message.acceptedAt }),
  });
  if (place) return { state: 'accepted', ...(place.waiting ?? message) };
  return entry && { ...entry, state: 'processed' };
};

/** What its record says of it, text and attachments being in the ticket's thread once it is placed. */
const said = async (rt: Runtime, message: Message): Promise<Seen> => {
  const { messageId, ticketId, acceptedAt } = message;
  const entry = ticketId && (await findThreadEntry(rt, { ticketId, at: acceptedAt, messageId }));
  return { ...message, ...(entry && { text: entry.text, attachments: entry.attachments }) };
};

/** A message that is placed between two of these reads is neither here nor there: then all are read once more. */
const MAX_READS = 3;

const seen = async (rt: Runtime, first: Message): Promise<Message> => {
  let message = first;
  for (let read = 0; read < MAX_READS; read += 1) {
    if (message.state !== 'accepted') return { ...message, ...(await said(rt, message)) };
    const found = await placeNow(rt, message);
    if (found) return { ...message, ...found };
    message = (await findMessage(rt, message.messageId)) ?? message;
  }
  return message;
};

/** A client's own message. Throws `message-not-found` for everybody else's too. */
export const readMessage = async (
  rt: Runtime,
  { messageId, clientId }: { messageId: string; clientId: string },
): Promise<MessageView> => {
  const found = await findMessage(rt, messageId);
  if (found?.clientId !== clientId) {
    throw new AppError('missing', 'message-not-found', 'there is no such message');
  }
  const message = await seen(rt, found);
  const { text = '', attachments } = message;
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
