import * as z from 'zod';
import { idPattern } from '../../platform/ids.ts';
import { nameUpTo } from '../../platform/input/name.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { MAX_TEXT_CHARS, textSchema } from '../intake/message.ts';
import { deskIdSchema } from '../model.ts';
import type { SavedReply } from './saved-reply-repository.ts';

export const savedReplyIdSchema = z.string().regex(idPattern('srp')).meta({ id: 'SavedReplyId' });
export const savedReplyParams = lazily(() => z.strictObject({ savedReplyId: savedReplyIdSchema }));

export const replyScopes = ['own', 'desk'] as const;
export type ReplyScope = (typeof replyScopes)[number];

const PLACEHOLDER = /\{[^{}]*\}/g;
const KNOWN = '{client.name}';

/** A placeholder that nobody fills would be sent as it stands. */
const savedText = lazily(() =>
  textSchema
    .refine(
      (text) => [...text.matchAll(PLACEHOLDER)].every(([each]) => each === KNOWN),
      `holds a placeholder other than ${KNOWN}`,
    )
    .meta({
      maxLength: MAX_TEXT_CHARS,
      description: 'Where `{client.name}` stands the client’s name is put in by whoever shows the text.',
    }),
);

export const savedReplyContent = lazily(() => z.strictObject({ title: nameUpTo(80), text: savedText() }));
export type SavedReplyContent = z.output<ReturnType<typeof savedReplyContent>>;

export const savedReplyView = lazily(() =>
  z
    .object({
      savedReplyId: savedReplyIdSchema,
      scope: z.enum(replyScopes),
      deskId: deskIdSchema.optional(),
      title: z.string(),
      text: z.string(),
      updatedAt: z.iso.datetime(),
      version: z.int(),
    })
    .meta({ id: 'SavedReply' }),
);
export type SavedReplyView = z.infer<ReturnType<typeof savedReplyView>>;

export const isDesk = (ownerId: string): boolean => deskIdSchema.safeParse(ownerId).success;

export const toSavedReplyView = ({
  id,
  ownerId,
  title,
  text,
  updatedAt,
  version,
}: SavedReply): SavedReplyView => ({
  savedReplyId: id,
  ...(isDesk(ownerId) ? { scope: 'desk', deskId: ownerId } : { scope: 'own' }),
  ...{ title, text, updatedAt, version },
});
