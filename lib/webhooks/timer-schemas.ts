import * as z from 'zod';

/** A webhook is called, or called again. */
export const deliveryTimer = () =>
  z.strictObject({ kind: z.literal('delivery'), webhookId: z.string(), deliveryId: z.string() });
