import * as z from 'zod';

/** A held message is judged anew, or expires. */
export const heldTimer = () => z.strictObject({ kind: z.literal('held'), smsId: z.string() });
/** The provider is asked about a message. */
export const askTimer = () => z.strictObject({ kind: z.literal('ask'), smsId: z.string() });
