import * as z from 'zod';

/** Data of the event by which a deadline comes to whoever acts on it. */
export const dueMessage = <S extends z.ZodType>(timer: S) => z.object({ timer, dueAt: z.string() });
