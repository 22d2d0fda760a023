import * as z from 'zod';
import type { ErrorKind } from '../../platform/errors.ts';
import { capsSchema, categorySchema, countrySchema, hoursSchema, presetCodeSchema } from './schemas.ts';

/** Alphanumeric senders have 11 characters at most, numbers 15 digits. */
export const senderSchema = z.string().regex(/^(\+?\d{3,15}|[A-Za-z0-9 ._-]{1,11})$/, 'is not a sender name');

const fields = {
  name: z.string().trim().min(1).max(120),
  country: countrySchema,
  presets: z.partialRecord(categorySchema.exclude(['otp']), z.array(presetCodeSchema).max(10)).optional(),
  windowForTransactional: z.boolean().optional(),
  limits: z.partialRecord(categorySchema.exclude(['otp']), capsSchema).optional(),
};

export const entityBody = z.strictObject({
  ...fields,
  senderName: senderSchema.optional(),
  window: hoursSchema.optional(),
});

export const entityChangeBody = z.strictObject({
  ...fields,
  name: fields.name.optional(),
  country: fields.country.optional(),
  senderName: senderSchema.nullable().optional(),
  window: hoursSchema.nullable().optional(),
});

export const entityProblems = {
  'law-preset-unknown': 'unprocessable',
  'law-preset-category': 'unprocessable',
  'limits-looser-than-law': 'unprocessable',
  'window-not-stricter': 'unprocessable',
} as const satisfies Record<string, ErrorKind>;
