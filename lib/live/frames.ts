// @pure

import * as z from 'zod';
import { lazily } from '../platform/storage/stored-schema.ts';

/** Limits of what a connection may send and have (R-LIVE-01). */
export const MAX_FRAME_BYTES = 4096;
export const MAX_FRAMES_PER_SEC = 10;
export const MAX_TOPICS = 100;
export const MAX_CONNECTIONS = 10;

const topics = () => z.array(z.string().max(64)).min(1).max(MAX_TOPICS);

/** What clients send. */
export const clientFrame = lazily(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('subscribe'), topics: topics() }),
    z.strictObject({ type: z.literal('unsubscribe'), topics: topics() }),
    z.strictObject({ type: z.literal('beat') }),
    z.strictObject({ type: z.literal('typing'), topic: z.string().max(64) }),
    z.strictObject({ type: z.literal('viewing'), topic: z.string().max(64) }),
  ]),
);
export type ClientFrame = z.infer<ReturnType<typeof clientFrame>>;

/** Why a connection is closed from our side. */
export const byeReasons = [
  'invalid-frame',
  'frame-too-large',
  'too-many-frames',
  'too-many-topics',
  'too-many-connections',
  'access-ended',
  'time-limit',
  'try-again',
] as const;
export type ByeReason = (typeof byeReasons)[number];

/** What clients receive: things, kinds and versions, never a content. */
export type ServerFrame =
  | { readonly type: 'hello'; readonly serverTime: string; readonly connectionId: string }
  | { readonly type: 'subscribed'; readonly topics: readonly string[]; readonly refused: readonly string[] }
  | {
      readonly type: 'changed';
      readonly topic: string;
      readonly kind: string;
      readonly id: string;
      readonly version: number;
    }
  | { readonly type: 'gone'; readonly topic: string }
  | { readonly type: 'board'; readonly topic: string; readonly board: object }
  | {
      readonly type: 'typing' | 'viewing';
      readonly topic: string;
      readonly userId?: string;
      readonly who: string;
    }
  | { readonly type: 'bye'; readonly reason: ByeReason };
