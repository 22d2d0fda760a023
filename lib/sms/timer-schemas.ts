import * as z from 'zod';

/** A held message is evaluated again, or expires. */
export const heldTimer = () => z.strictObject({ kind: z.literal('held'), smsId: z.string() });
/** The provider is asked about a message. */
export const statusQueryTimer = () => z.strictObject({ kind: z.literal('ask'), smsId: z.string() });
