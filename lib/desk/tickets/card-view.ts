import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import type { CardEntry, TicketCard } from '../core/ticket-card.ts';
import { messageKinds } from '../model.ts';
import type { Viewer } from './viewer.ts';

/** What a list shows of a ticket's thread. */
export const cardView = lazily(() =>
  z
    .object({
      subject: z
        .string()
        .meta({ description: 'The first 80 characters that its client wrote, on one line.' }),
      preview: z.string().optional().meta({ description: 'The first 80 characters of the last entry.' }),
      lastEntry: z
        .object({
          at: z.iso.datetime(),
          kind: z.enum(messageKinds),
          author: z
            .object({ id: z.string().optional(), displayName: z.string().optional() })
            .optional()
            .meta({ description: 'For clients only who replied, and only by display name.' }),
        })
        .optional(),
      entries: z.int().min(1).optional().meta({ description: 'How many entries you may see.' }),
    })
    .meta({
      id: 'TicketCard',
      description: 'Clients are shown nothing of notes; an executor who lost the ticket, the subject alone.',
    }),
);
export type CardView = z.infer<ReturnType<typeof cardView>>;

/** The last entry that this viewer may see; undefined for who lost the ticket. */
export const lastEntryFor = ({ lastTalk, lastNote }: TicketCard, viewer: Viewer): CardEntry | undefined => {
  if (viewer === 'former') return undefined;
  if (viewer === 'client' || !lastNote) return lastTalk;
  return lastNote.at > lastTalk.at ? lastNote : lastTalk;
};

/** `nameOf`: how whoever wrote the last entry is shown to this viewer. */
export const toCardView = (
  card: TicketCard,
  viewer: Viewer,
  nameOf: (userId: string) => string | undefined,
): CardView => {
  const last = lastEntryFor(card, viewer);
  if (!last) return { subject: card.subject };
  const { at, kind, authorId, preview } = last;
  const forClient = viewer === 'client';
  const displayName = forClient && kind !== 'reply' ? undefined : nameOf(authorId);
  const author = { ...(!forClient && { id: authorId }), ...(displayName && { displayName }) };
  const seen = card.fromClient + card.replies + card.system;
  return {
    subject: card.subject,
    preview,
    lastEntry: { at, kind, ...(Object.keys(author).length > 0 && { author }) },
    entries: forClient ? seen : seen + card.notes,
  };
};
