import * as z from 'zod';
import { defineEvent } from '../events/define-event.ts';

const ofUser = () =>
  z.object({
    userId: z.string(),
    /** When it happened, which may be a while ago when the event arrives. */
    at: z.string(),
  });

/** A user's live connection said that they are here. */
export const connectionBeat = defineEvent('connection.beat', ofUser);

/** The last of a user's live connections was lost, by no doing of ours. */
export const connectionLost = defineEvent('connection.lost', ofUser);
