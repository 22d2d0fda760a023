import * as z from 'zod';

/** A held message is evaluated again, or expires. */
export const heldTimer = () => z.strictObject({ kind: z.literal('held'), smsId: z.string() });
/** A status query is due. */
export const statusQueryTimer = () => z.strictObject({ kind: z.literal('ask'), smsId: z.string() });
