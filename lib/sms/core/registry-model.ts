// @pure

import * as z from 'zod';
import { money } from '../../platform/money.ts';
import { lazily, type ReadBy, storedDay, storedInstant } from '../../platform/storage/stored-schema.ts';
import { smsCategories } from '../model.ts';

/** Hours of a local day, `HH:MM`, from (inclusive) to (exclusive); `24:00` is the day's end. */
const hours = lazily(() => z.object({ from: z.string(), to: z.string() }));
export type Hours = ReadBy<typeof hours>;

/** `null`: not on such a day at all. */
const dayHours = lazily(() =>
  z.object({
    workday: hours().nullable(),
    saturday: hours().nullable(),
    sunday: hours().nullable(),
    holiday: hours().nullable(),
  }),
);
export type DayHours = ReadBy<typeof dayHours>;

const caps = lazily(() =>
  z.object({
    perDay: z.int().optional(),
    /** Calendar week, Monday to Sunday. */
    perWeek: z.int().optional(),
    /** Calendar month. */
    perMonth: z.int().optional(),
  }),
);
export type Caps = ReadBy<typeof caps>;

const categories = lazily(() => z.array(z.enum(smsCategories)));

/** What a version of a law demands of messages: all that evaluating needs. */
export const lawRulesSchema = lazily(() =>
  z.object({
    code: z.string(),
    version: z.int(),
    /** ISO 3166-1: it binds messages to numbers of this country by itself, and its holidays count. */
    country: z.string(),
    categories: categories(),
    hours: dayHours().optional(),
    caps: caps().optional(),
    /** Needs the recipient's consent on record. */
    consent: z.boolean().optional(),
    /** A recipient's STOP in answer to such a message ends all of the entity's messages of this category. Marketing ends anyway. */
    optOut: z.boolean().optional(),
    effectiveFrom: storedDay(),
    lawRef: z.string(),
  }),
);
export type LawRules = ReadBy<typeof lawRulesSchema>;

/** One version of a law preset, with where it comes from. */
export const lawPresetSchema = lazily(() =>
  lawRulesSchema().extend({
    title: z.string(),
    source: z.string(),
    checkedOn: storedDay(),
    /** What no source settles; shown wherever the preset is. */
    unconfirmed: z.array(z.string()),
    /** Of a version that never came into force. */
    withdrawnAt: storedInstant().optional(),
  }),
);
export type LawPreset = ReadBy<typeof lawPresetSchema>;

/** Days that are not what their weekday says. */
const specialDays = lazily(() =>
  z.object({
    /** `YYYY-MM-DD` → name. */
    holidays: z.record(z.string(), z.string()),
    /** Weekend days that are worked. */
    workdays: z.array(storedDay()),
  }),
);
export type SpecialDays = ReadBy<typeof specialDays>;

/** What is in force from a day of UTC on. */
export interface FromDay {
  readonly from: string;
}

/** Those of one country and year. */
export interface HolidayDays<Days extends SpecialDays = SpecialDays> extends SpecialDays {
  readonly country: string;
  readonly year: number;
  /** Of the first table of a year: until this day of UTC the year has none. */
  readonly from?: string | undefined;
  /** A looser table that is still to come. */
  readonly next?: (Days & FromDay) | undefined;
}

/** What somebody says of a year, and by what. */
const holidaysDraft = lazily(() =>
  specialDays().extend({ source: z.string(), unconfirmed: z.array(z.string()) }),
);
export type HolidaysDraft = ReadBy<typeof holidaysDraft>;

export const holidayTableSchema = lazily(() =>
  holidaysDraft().extend({
    country: z.string(),
    year: z.int(),
    from: storedDay().optional(),
    next: holidaysDraft().extend({ from: storedDay() }).optional(),
    version: z.int(),
  }),
);
export type HolidayTable = ReadBy<typeof holidayTableSchema>;

export const smsSettingsSchema = lazily(() =>
  z.object({
    /** The global standard window; entities may only be stricter. */
    window: hours(),
    /** A looser window, in force from this day of UTC on. */
    next: z.object({ window: hours(), from: storedDay() }).optional(),
    version: z.int(),
  }),
);
export type SmsSettings = ReadBy<typeof smsSettingsSchema>;

/** Entities of one creditor, which share the caps of the laws (R-SMS-05). */
const entityGroup = lazily(() =>
  z.object({
    groupId: z.string(),
    /** Of one that leaves: the recipient's day from which it is counted alone. */
    until: storedDay().optional(),
  }),
);
export type EntityGroup = ReadBy<typeof entityGroup>;

/** What an entity demands of its own messages: looser ones are an admin's, from the next day on (R-SMS-06). */
const entityDemands = lazily(() =>
  z.object({
    /** ISO 3166-1: how its callers write national numbers, and where a key that names no countries may send. */
    country: z.string(),
    /** Law presets per category, besides those that bind by the number's country. */
    presets: z.partialRecord(z.enum(smsCategories), z.array(z.string())),
    /** Its own window, inside the standard one. */
    window: hours().optional(),
    /** Holds `transactional` to the window too. */
    windowForTransactional: z.boolean(),
    /** Own caps per category. The stricter of law and these counts. */
    limits: z.partialRecord(z.enum(smsCategories), caps()),
    /** Words that end its messages beside those of law and carriers. */
    stopWords: z.array(z.string()).optional(),
  }),
);
export type EntityDemands = ReadBy<typeof entityDemands>;

/** A company on whose behalf messages go out. */
export const legalEntitySchema = lazily(() =>
  entityDemands().extend({
    id: z.string(),
    name: z.string(),
    /** Sender name, where the provider's link has none of its own. */
    senderName: z.string().optional(),
    active: z.boolean(),
    /** What is looser and still to come, from this day of UTC on; `null` takes the window away. */
    next: entityDemands().partial().extend({ from: storedDay(), window: hours().nullish() }).optional(),
    group: entityGroup().optional(),
    /** Providers it may use, each with the sender name it has there. The own entity with an empty list may use every enabled one. */
    providers: z.array(z.object({ providerId: z.string(), sender: z.string().optional() })),
    createdAt: storedInstant(),
    version: z.int(),
  }),
);
export type LegalEntity = ReadBy<typeof legalEntitySchema>;
export type EntityProvider = LegalEntity['providers'][number];

/** What the rules and the price need to know of a provider. The rest is the provider registry's. */
export const providerFactsSchema = lazily(() =>
  z.object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    /** The smallest is tried first. */
    priority: z.int(),
    /** Price of one part, longest matching prefix of the number first; `''` is every number. */
    prices: z.record(z.string(), money),
    disabledAt: storedInstant().optional(),
  }),
);
export type ProviderFacts = ReadBy<typeof providerFactsSchema>;

export const suppressionSchema = lazily(() =>
  z.object({
    phone: z.string(),
    /** An entity's id, or `*` for all. */
    entityId: z.string(),
    categories: categories(),
    /** Those of them that the phone's own stop or a provider's stop-list added: a start takes them away again. */
    stopped: categories().optional(),
    reason: z.string(),
    /** `manager`, `import`, `stop` (the recipient requested it), `provider` (the provider's stop code). */
    source: z.string(),
    at: storedInstant(),
    by: z.string(),
  }),
);
export type Suppression = ReadBy<typeof suppressionSchema>;

/** What a phone's owner agreed to: kept with its proof, and when it ended. */
export const consentSchema = lazily(() =>
  z.object({
    entityId: z.string(),
    phone: z.string(),
    grantedAt: storedInstant(),
    revokedAt: storedInstant().optional(),
    /** Where the proof is: a form's number, a call record. */
    proof: z.string(),
    by: z.string(),
  }),
);
export type Consent = ReadBy<typeof consentSchema>;
