import { isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import { defineSettings, type NumberSetting, numberSchema } from '../../platform/settings/define-settings.ts';

/** The country of the entity `own`, which sends the codes, as it is shipped. */
const OWN_COUNTRY = 'RU';
const MAX_COUNTRIES = 250;
const MAX_BUDGETS = 250;

const codeLimits = {
  codesPerPhoneHour: {
    unit: 'count',
    min: 1,
    max: 100,
    initial: 5,
    description:
      'Codes sent to one phone in an hour; each device that signed in by it before has as many of its own.',
  },
  codesPerPhoneDay: {
    unit: 'count',
    min: 1,
    max: 500,
    initial: 10,
    description:
      'Codes sent to one phone in a day; each device that signed in by it before has as many of its own.',
  },
  codesPerRequesterHour: {
    unit: 'count',
    min: 1,
    max: 100,
    initial: 3,
    description: 'Of these, codes that one IP address may ask for in an hour.',
  },
  codesPerRequesterDay: {
    unit: 'count',
    min: 1,
    max: 500,
    initial: 5,
    description: 'Of these, codes that one IP address may ask for in a day.',
  },
  codesPerAddressHour: {
    unit: 'count',
    min: 1,
    max: 100_000,
    initial: 20,
    description: 'Codes asked for from one IP address (a /64 of IPv6) in an hour.',
  },
  codesPerDialCodeDay: {
    unit: 'count',
    min: 0,
    max: 10_000_000,
    initial: 2000,
    description: 'Codes sent to one dial code on a UTC day, unless it has a budget of its own.',
  },
  codesPerPrefixHour: {
    unit: 'count',
    min: 5,
    max: 100_000,
    initial: 30,
    description: 'Codes sent in an hour to numbers that differ in their last four digits alone.',
  },
  codeLifeSec: {
    unit: 'seconds',
    min: 60,
    max: 600,
    initial: 300,
    description: 'Seconds for which a code is good.',
  },
  attemptsPerChallenge: {
    unit: 'count',
    min: 3,
    max: 10,
    initial: 5,
    description: 'Guesses of one challenge.',
  },
  attemptsOfJoined: {
    unit: 'count',
    min: 5,
    max: 50,
    initial: 15,
    description: 'Guesses, all together, of those who joined a code that somebody else had asked for.',
  },
  resendAfterSec: {
    unit: 'seconds',
    min: 30,
    max: 300,
    initial: 60,
    description: 'Seconds until the second code; each further one of the hour takes twice as long.',
  },
  breakerWindowMin: {
    unit: 'minutes',
    min: 15,
    max: 60,
    initial: 60,
    description: 'Minutes that a breaker looks back upon.',
  },
  breakerEnteredPercent: {
    unit: 'percent',
    min: 0,
    max: 90,
    initial: 20,
    description: 'Codes entered per hundred sent below which a breaker opens; 0: never.',
  },
  breakerMinCodesPerPrefix: {
    unit: 'count',
    min: 5,
    max: 10_000,
    initial: 10,
    description: 'Codes of a prefix below which its breaker judges nothing.',
  },
  breakerMinCodesPerDialCode: {
    unit: 'count',
    min: 10,
    max: 1_000_000,
    initial: 50,
    description: 'Codes of a dial code below which its breaker judges nothing.',
  },
  breakerOpenMin: {
    unit: 'minutes',
    min: 5,
    max: 1440,
    initial: 60,
    description: 'Minutes after which a breaker closes by itself.',
  },
} as const satisfies Readonly<Record<string, NumberSetting>>;

export type CodeLimits = Readonly<Record<keyof typeof codeLimits, number>>;

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine((code): boolean => isSupportedCountry(code), 'is not a country of ISO 3166 with a numbering plan');

/** How people sign in (R-AUTH-01), as admins set it. */
export const signInSettings = defineSettings({
  name: 'sign-in-settings',
  table: 'identity',
  group: 'security',
  numbersAs: 'limits',
  settings: {
    ...codeLimits,
    dialCodeBudgets: {
      schema: z
        .record(z.string().regex(/^[1-9]\d{0,2}$/), numberSchema(codeLimits.codesPerDialCodeDay))
        .refine((entries) => Object.keys(entries).length <= MAX_BUDGETS, 'has too many entries')
        .meta({ id: 'DialCodeBudgets', description: 'Daily budgets of single dial codes: {"7": 10000}.' }),
      initial: {},
    },
    countries: {
      schema: z.array(country).min(1).max(MAX_COUNTRIES).nullable().meta({
        description:
          'Countries (ISO 3166) whose phones may sign in, as shipped that of the entity own; null: all.',
      }),
      initial: [OWN_COUNTRY],
    },
    internationalNetworks: {
      schema: z.boolean().meta({
        description:
          'Satellites and international networks (+870, +878, +881 to +883), which belong to no country, may sign in.',
      }),
      initial: false,
    },
    defaultCountry: {
      schema: country.nullable().meta({
        description: 'Country of numbers written without their international prefix; null: refused.',
      }),
      initial: OWN_COUNTRY,
    },
  },
});

export const initialSettings = signInSettings.initial.values;
export type SignInSettings = typeof initialSettings;
