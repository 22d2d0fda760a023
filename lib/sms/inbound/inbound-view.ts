import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { type InboundSms, inboundIdSchema, resolutions, wishes } from '../core/inbound-model.ts';
import { entityIdSchema, providerIdSchema, smsIdSchema } from '../model.ts';

export const inboundView = lazily(() =>
  z
    .object({
      inboundId: inboundIdSchema,
      providerId: providerIdSchema,
      from: z.string(),
      to: z.string(),
      text: z.string(),
      receivedAt: z.iso.datetime(),
      entityId: entityIdSchema.optional(),
      smsId: smsIdSchema.optional(),
      wish: z.enum(wishes),
      resolved: z.object({ as: z.enum(resolutions), at: z.iso.datetime(), by: z.string() }).optional(),
      version: z.int(),
    })
    .meta({
      id: 'InboundSms',
      description:
        '`entityId` and `smsId`: the last message to this phone by this provider, which it follows.',
    }),
);
export type InboundView = z.infer<ReturnType<typeof inboundView>>;

export const toInboundView = ({ id, ref, ...inbound }: InboundSms): InboundView => ({
  ...inbound,
  inboundId: id,
});
