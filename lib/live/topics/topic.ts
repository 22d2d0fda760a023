// @pure

import { deskIdSchema, ticketIdSchema } from '../../desk/model.ts';

/** What somebody can subscribe to. `me`: whatever concerns the user; `desk`: what happens on a desk; `board`: its figures. */
export type Topic =
  | { readonly kind: 'me' }
  | { readonly kind: 'ticket'; readonly id: string }
  | { readonly kind: 'desk'; readonly id: string }
  | { readonly kind: 'board'; readonly id: string };

/** `me`, `ticket:<id>`, `desk:<id>`, `board:<deskId>`; undefined for what is none, as for an id that cannot be one. */
export const parseTopic = (text: string): Topic | undefined => {
  if (text === 'me') return { kind: 'me' };
  const [kind = '', id = '', ...more] = text.split(':');
  if (more.length > 0) return undefined;
  if (kind === 'ticket') return ticketIdSchema.safeParse(id).success ? { kind, id } : undefined;
  if (kind === 'desk' || kind === 'board')
    return deskIdSchema.safeParse(id).success ? { kind, id } : undefined;
  return undefined;
};

/** Its text, as clients have it. */
export const topicName = (topic: Topic): string => (topic.kind === 'me' ? 'me' : `${topic.kind}:${topic.id}`);

/** Where its subscriptions are kept: `me` is another one for each user. */
export const topicKey = (topic: Topic, userId: string): string =>
  topic.kind === 'me' ? `me:${userId}` : topicName(topic);
