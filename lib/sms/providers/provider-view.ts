import * as z from 'zod';
import { currency, money } from '../../platform/money.ts';

const secret = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');

const baseUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(200)
  .regex(/^[^?#@]*[^/?#@]$/, 'must have no slash, query or password at its end')
  .meta({ description: "Address of the provider's HTTP API; left out: the kind's own." });

const priceSchema = z
  .record(z.string().regex(/^\d{0,9}$/, 'is not the beginning of a number without its plus'), money)
  .refine((prices) => Object.keys(prices).length <= 300, 'has more than 300 prices')
  .meta({ description: "Price of one part by the beginning of the number; '' is every number." });

const hashSchema = z.strictObject({
  algorithm: z.enum(['md5', 'sha1', 'crc32']),
  formula: z.string().min(1).max(200),
});

/** What a manager may set. The same fields, all optional, for an edit. */
export const providerFields = {
  name: z.string().trim().min(1).max(80),
  baseUrl: baseUrlSchema.optional(),
  account: z
    .string()
    .regex(/^[\w.@-]{1,80}$/)
    .optional(),
  sender: z
    .string()
    .regex(/^(\+?[A-Za-z0-9 ._-]{1,20})?$/)
    .meta({ description: "Name or number; empty: the account's default." }),
  ratePerSec: z.number().min(0.01).max(1000),
  concurrency: z.int().min(1).max(100),
  priority: z.int().min(0).max(1000).meta({ description: 'Smaller is tried first.' }),
  prices: priceSchema,
  currency: currency.optional(),
  options: z.strictObject({
    callbackHash: hashSchema.optional(),
    messagingServiceSid: z
      .string()
      .regex(/^\w{1,64}$/)
      .optional(),
  }),
  secrets: z
    .partialRecord(z.enum(['password', 'apiKey', 'callbackSecret', 'apiId', 'authToken']), secret)
    .meta({ description: 'Written, never read back. An edit replaces those it names.' }),
};
