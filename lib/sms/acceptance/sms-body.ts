import * as z from 'zod';
import type { ErrorKind } from '../../platform/errors.ts';
import { isBlank } from '../../platform/input/pasted-text.ts';
import { phoneSchema } from '../../platform/input/phone.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { entityIdSchema, providerIdSchema } from '../model.ts';
import { categorySchema, countrySchema, zoneSchema } from '../registry/schemas.ts';
import { MAX_TEXT_CHARS, MAX_VALIDITY_SEC } from './draft.ts';

/** A request to send, the same for registering and for checking. */
export const smsBody = lazily(() =>
  z
    .strictObject({
      entityId: entityIdSchema,
      category: categorySchema.meta({
        description: '`otp` is refused (`otp-of-sign-in`): only sign-in sends codes.',
      }),
      phone: phoneSchema,
      country: countrySchema.optional().meta({ description: 'How a national number is read.' }),
      text: z
        .string()
        .min(1)
        .max(MAX_TEXT_CHARS)
        .refine((text) => !isBlank(text), 'must not be blank'),
      validUntil: z.iso.datetime({ offset: true }).optional(),
      validitySec: z
        .int()
        .min(1)
        .max(MAX_VALIDITY_SEC)
        .optional()
        .meta({ description: 'Or for how long; 24 hours when neither is said.' }),
      zone: zoneSchema.optional(),
      overCap: z.enum(['defer', 'deny']).optional().meta({
        description: 'When a cap is reached: wait for a day with room (the default), or be denied.',
      }),
      providerId: providerIdSchema.optional(),
    })
    .meta({ id: 'SmsDraft' }),
);

export const smsProblems = {
  'phone-invalid': 'unprocessable',
  'phone-not-mobile': 'unprocessable',
  'legal-entity-unknown': 'unprocessable',
  'zone-unknown': 'unprocessable',
  'validity-twice': 'unprocessable',
  'validity-too-long': 'unprocessable',
  'code-without-challenge': 'unprocessable',
  'otp-of-sign-in': 'unprocessable',
} as const satisfies Record<string, ErrorKind>;

/** Beyond those of every caller, for machines' keys. */
export const keyProblems = {
  'legal-entity-not-found': 'missing',
  'category-not-allowed': 'forbidden',
  'country-not-allowed': 'forbidden',
  'cost-unknown': 'unprocessable',
  'cost-in-other-currency': 'unprocessable',
  'cost-above-budget': 'unprocessable',
} as const satisfies Record<string, ErrorKind>;

export const budgetProblems = {
  'daily-budget': 'limited',
  'daily-cost-budget': 'limited',
  'monthly-cost-budget': 'limited',
} as const satisfies Record<string, ErrorKind>;
