import * as z from 'zod';
import type { ErrorKind } from '../../platform/errors.ts';
import { nameUpTo } from '../../platform/input/name.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { stopWordOf } from '../core/stop-words.ts';
import { ANY_SENDER } from '../rules/senders.ts';
import { capsSchema, categorySchema, countrySchema, hoursSchema, presetCodeSchema } from './schemas.ts';

/** Which of it a provider takes, its kind says (`isSenderFor`). */
export const senderSchema = z
  .string()
  .regex(ANY_SENDER, 'is not a sender name')
  .meta({ description: 'A number of up to 15 digits or a name of up to 11 characters.', examples: ['H&M'] });

const fields = {
  name: nameUpTo(120),
  country: countrySchema,
  presets: z.partialRecord(categorySchema.exclude(['otp']), z.array(presetCodeSchema).max(10)).optional(),
  windowForTransactional: z.boolean().optional(),
  limits: z.partialRecord(categorySchema.exclude(['otp']), capsSchema()).optional(),
  stopWords: z
    .array(
      z
        .string()
        .trim()
        .min(2)
        .max(40)
        .refine((word) => stopWordOf(word).length > 1, 'holds no word'),
    )
    .max(50)
    .optional()
    .meta({
      description: 'End its messages, beside the words of law and carriers.',
      examples: [['ABMELDEN']],
    }),
};

export const entityBody = lazily(() =>
  z.strictObject({
    ...fields,
    senderName: senderSchema.optional(),
    window: hoursSchema().optional(),
  }),
);

export const entityChangeBody = lazily(() =>
  z.strictObject({
    ...fields,
    name: fields.name.optional(),
    country: fields.country.optional(),
    senderName: senderSchema.nullable().optional(),
    window: hoursSchema().nullable().optional(),
  }),
);

/** A group is named, not made: whoever is in one of the same name shares its caps. */
export const groupIdSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{1,38})[a-z0-9]$/)
  .meta({ description: 'Names the creditor, e.g. by its tax number.', examples: ['creditor-7701234567'] });

export const entityProblems = {
  'law-preset-unknown': 'unprocessable',
  'law-preset-category': 'unprocessable',
  'limits-looser-than-law': 'unprocessable',
  'window-not-stricter': 'unprocessable',
} as const satisfies Record<string, ErrorKind>;
