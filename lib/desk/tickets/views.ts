import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { contentTypes, uploadIdSchema } from '../intake/attachments.ts';
import { messageStates } from '../intake/message.ts';
import {
  deskIdSchema,
  lines,
  messageIdSchema,
  messageKinds,
  type Ticket,
  ticketIdSchema,
  ticketStates,
} from '../model.ts';
import { cardView } from './card-view.ts';
import type { Viewer } from './viewer.ts';

const at = z.iso.datetime();
const userId = z.string();

const readUpToView = lazily(() =>
  z.object({ you: at.optional(), client: at.optional(), holder: at.optional() }).meta({
    id: 'ReadUpTo',
    description:
      'Of one ticket: how far you have read, and its client and holder as far as they may see of each other.',
  }),
);

const clientFields = lazily(() => ({
  ticketId: ticketIdSchema,
  number: z.int().min(1).optional().meta({
    description: 'For people to say: unique, not in the order of opening. Old tickets have none.',
  }),
  deskId: deskIdSchema,
  state: z.enum(ticketStates),
  urgent: z.boolean(),
  orderedAt: at,
  createdAt: at,
  /** The closed ticket that this one continues. */
  previousTicketId: ticketIdSchema.optional(),
  closedAt: at.optional(),
  handledBy: z
    .object({ displayName: z.string() })
    .optional()
    .meta({ description: 'For its client: who answers. Never an id or a phone.' }),
  card: cardView().optional().meta({ description: 'Not of old tickets of which nothing was written since.' }),
  unread: z.int().min(0).optional().meta({
    description:
      "New to you: for its client replies, for staff the client's messages. Each has marks of their own.",
  }),
  readUpTo: readUpToView().optional(),
  version: z.int(),
}));

const staffFields = {
  clientId: userId.optional(),
  client: z
    .object({ id: userId, name: z.string().optional() })
    .optional()
    .meta({ description: 'For managers, and for an executor while the ticket is in their hand.' }),
  line: z.enum(lines).optional(),
  promoted: z.boolean().optional(),
  waitingSince: at.optional(),
  overdueAt: at.optional(),
  executorId: userId.optional(),
  executorName: z.string().optional(),
  assignedAt: at.optional(),
  acceptBy: at.optional(),
  acceptedAt: at.optional(),
  waitingClientSince: at.optional(),
  closesAt: at
    .optional()
    .meta({ description: 'When it closes automatically if its client does not answer.' }),
  notUrgentUntil: at
    .optional()
    .meta({ description: 'Set by a manager: until then its client cannot make it urgent.' }),
  lostAt: at.optional().meta({ description: 'When you lost the ticket: you see the thread up to then.' }),
  closedBy: z.string().optional(),
};

const managerFields = {
  heldBy: z.array(userId).optional(),
  passedOver: z.record(z.string(), at).optional(),
};

/** A ticket as the API shows it. What only staff or managers see is left out for everybody else. */
export const ticketViewSchema = lazily(() =>
  z.object({ ...clientFields(), ...staffFields, ...managerFields }).meta({ id: 'Ticket' }),
);
export type TicketView = z.infer<ReturnType<typeof ticketViewSchema>>;

const forClient = (ticket: Ticket): TicketView => ({
  ticketId: ticket.id,
  number: ticket.number,
  deskId: ticket.deskId,
  state: ticket.state,
  urgent: ticket.urgent,
  orderedAt: ticket.orderedAt,
  createdAt: ticket.createdAt,
  previousTicketId: ticket.previousTicketId,
  closedAt: ticket.closedAt,
  version: ticket.version,
});

const forStaff = (ticket: Ticket): TicketView => ({
  ...forClient(ticket),
  clientId: ticket.clientId,
  line: ticket.line,
  promoted: ticket.promoted,
  waitingSince: ticket.waitingSince,
  overdueAt: ticket.overdueAt,
  executorId: ticket.executorId,
  assignedAt: ticket.assignedAt,
  acceptBy: ticket.acceptBy,
  acceptedAt: ticket.acceptedAt,
  waitingClientSince: ticket.waitingClientSince,
  closesAt: ticket.closesAt,
  notUrgentUntil: ticket.notUrgentUntil,
  closedBy: ticket.closedBy,
});

/** What goes on with it since is others' business. */
const forFormer = (ticket: Ticket, viewerId: string): TicketView => ({
  ...forClient(ticket),
  clientId: ticket.clientId,
  lostAt: ticket.lostAt?.[viewerId],
});

/** A client sees nothing of who handles it and of the line's inner life. */
export const ticketView = (ticket: Ticket, viewer: Viewer, viewerId: string): TicketView => {
  if (viewer === 'client') return forClient(ticket);
  if (viewer === 'former') return forFormer(ticket, viewerId);
  if (viewer === 'executor') return forStaff(ticket);
  return { ...forStaff(ticket), heldBy: [...ticket.heldBy], passedOver: { ...ticket.passedOver } };
};

export const attachmentView = lazily(() =>
  z
    .object({
      uploadId: uploadIdSchema,
      fileName: z.string(),
      contentType: z.enum(contentTypes),
      sizeBytes: z.int(),
      url: z.string().meta({ description: 'Download URL, valid for ten minutes.' }),
    })
    .meta({ id: 'Attachment' }),
);
export type AttachmentView = z.input<ReturnType<typeof attachmentView>>;

export const messageView = lazily(() =>
  z
    .object({
      messageId: messageIdSchema,
      state: z.enum(messageStates),
      text: z.string(),
      acceptedAt: at,
      attachments: z.array(attachmentView()),
      ticketId: ticketIdSchema.optional(),
      urgentGranted: z
        .boolean()
        .optional()
        .meta({ description: 'When urgency was asked for: whether it is.' }),
      reason: z.string().optional().meta({ description: 'Why it was rejected.' }),
    })
    .meta({ id: 'Message' }),
);
export type MessageView = z.input<ReturnType<typeof messageView>>;

export const entryView = lazily(() =>
  z
    .object({
      messageId: z.string(),
      kind: z.enum(messageKinds),
      author: z
        .object({ displayName: z.string() })
        .optional()
        .meta({ description: 'For the client: who replied.' }),
      authorId: z.string().optional().meta({ description: 'Staff only.' }),
      authorName: z.string().optional().meta({ description: 'Staff only.' }),
      authorAs: z
        .enum(['executor', 'manager'])
        .optional()
        .meta({ description: 'Staff only: in what capacity a reply or note was written.' }),
      at,
      text: z.string(),
      attachments: z.array(attachmentView()),
    })
    .meta({ id: 'ThreadEntry' }),
);
export type EntryView = z.input<ReturnType<typeof entryView>>;

export const uploadView = lazily(() =>
  z.object({
    uploadId: uploadIdSchema,
    url: z.string(),
    fields: z
      .record(z.string(), z.string())
      .meta({ description: 'Form fields, to be sent before the file.' }),
    expiresAt: at,
  }),
);
