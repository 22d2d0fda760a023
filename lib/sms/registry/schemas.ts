import * as z from 'zod';
import { noteUpTo } from '../../platform/input/pasted-text.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { entityIdSchema, smsCategories } from '../model.ts';
import { minutesOf } from '../rules/local-time.ts';
import { isZone } from '../rules/zones.ts';

/** Shapes that requests of this module share. */

export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['RU'] });

export const zoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][\w+/-]*$/, 'is not an IANA time zone')
  .refine(isZone, 'is not an IANA time zone')
  .meta({ description: 'IANA time zone of the recipient.', examples: ['Asia/Novosibirsk'] });

const timeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be HH:MM');

export const hoursSchema = lazily(() =>
  z
    .strictObject({ from: timeSchema, to: timeSchema })
    .refine(({ from, to }) => minutesOf(from) < minutesOf(to), {
      message: 'must begin before it ends',
      path: ['to'],
    })
    .meta({ id: 'Hours', description: 'Local hours, from inclusive, to exclusive.' }),
);

export const dayHoursSchema = lazily(() =>
  z
    .strictObject({
      workday: hoursSchema().nullable(),
      saturday: hoursSchema().nullable(),
      sunday: hoursSchema().nullable(),
      holiday: hoursSchema().nullable(),
    })
    .meta({ id: 'DayHours', description: 'null: not allowed on such a day.' }),
);

const cap = z.int().min(1).max(10_000);
export const capsSchema = lazily(() =>
  z
    .strictObject({ perDay: cap.optional(), perWeek: cap.optional(), perMonth: cap.optional() })
    .meta({ id: 'Caps', description: 'Per calendar day, week (from Monday) and month of the recipient.' }),
);

export const presetCodeSchema = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{1,30}$/)
  .meta({ examples: ['RU-230'] });

export const categorySchema = z.enum(smsCategories);
export const everyEntitySchema = z.union([z.literal('*'), entityIdSchema]);

export const dateSchema = z.iso.date();
export const yearSchema = z.string().regex(/^20\d{2}$/);

const note = noteUpTo(500);
export const notesSchema = z.array(note).max(20);
export const noteSchema = note;

export const suppressedSchema = z
  .array(categorySchema)
  .min(1)
  .max(smsCategories.length)
  .default(['marketing']);

/** The whole body may hold 64 KB. */
export const csvSchema = z.string().min(1).max(60_000);

export const presetBody = lazily(() =>
  z.strictObject({
    title: noteSchema,
    country: countrySchema,
    categories: z
      .array(categorySchema.exclude(['otp']))
      .min(1)
      .max(3),
    hours: dayHoursSchema().meta({
      description: 'Local hours of each kind of day; 00:00 to 24:00 where the law names none.',
    }),
    caps: capsSchema().optional(),
    consent: z.boolean().optional(),
    optOut: z
      .boolean()
      .optional()
      .meta({ description: 'STOP in answer to a debt text ends the entity’s debt texts to that phone.' }),
    effectiveFrom: dateSchema,
    lawRef: noteSchema,
    source: noteSchema,
    checkedOn: dateSchema,
    unconfirmed: notesSchema.default([]),
    reason: noteSchema
      .optional()
      .meta({ description: 'Why, of a version that is looser than the one it follows; an admin’s.' }),
  }),
);

export const holidaysBody = lazily(() =>
  z.strictObject({
    holidays: z
      .record(dateSchema, noteSchema)
      .refine((days) => Object.keys(days).length <= 150, 'too many days'),
    workdays: z.array(dateSchema).max(52).default([]),
    source: noteSchema,
    unconfirmed: notesSchema.default([]),
  }),
);
