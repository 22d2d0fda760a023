import { isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import {
  count,
  defineSettings,
  minutes,
  numberSchema,
  percent,
  seconds,
} from '../../platform/settings/define-settings.ts';

/** The country of the entity `own`, which sends the codes, as it is shipped. */
const OWN_COUNTRY = 'RU';
const MAX_COUNTRIES = 250;
const MAX_BUDGETS = 250;

const codeLimits = {
  codesPerPhoneHour: count(
    [1, 5, 100],
    'Codes sent to one phone in an hour; each device that signed in by it before has as many of its own.',
  ),
  codesPerPhoneDay: count(
    [1, 10, 500],
    'Codes sent to one phone in a day; each device that signed in by it before has as many of its own.',
  ),
  codesPerRequesterHour: count([1, 3, 100], 'Of these, codes that one IP address may request in an hour.'),
  codesPerRequesterDay: count([1, 5, 500], 'Of these, codes that one IP address may request in a day.'),
  codesPerAddressHour: count(
    [1, 20, 100_000],
    'Codes requested from one IP address (a /64 of IPv6) in an hour.',
  ),
  codesPerDialCodeDay: count(
    [0, 2000, 10_000_000],
    'Codes sent to one dial code on a UTC day, unless it has a budget of its own.',
  ),
  codesPerPrefixHour: count(
    [5, 30, 100_000],
    'Codes sent in an hour to numbers that differ in their last four digits alone.',
  ),
  codeLifeSec: seconds([60, 300, 600], 'Seconds for which a code is good.'),
  attemptsPerChallenge: count([3, 5, 10], 'Guesses of one challenge.'),
  attemptsOfJoined: count(
    [5, 15, 50],
    'Guesses, all together, of those who joined a code that somebody else had requested.',
  ),
  resendAfterSec: seconds(
    [30, 60, 300],
    'Seconds until the second code; each further one of the hour takes twice as long.',
  ),
  breakerWindowMin: minutes([15, 60, 60], 'Minutes of traffic that a breaker counts.'),
  breakerEnteredPercent: percent(
    [0, 20, 90],
    'Codes entered per hundred sent below which a breaker opens; 0: never.',
  ),
  breakerMinCodesPerPrefix: count(
    [5, 10, 10_000],
    'Codes of a prefix below which its breaker checks nothing.',
  ),
  breakerMinCodesPerDialCode: count(
    [10, 50, 1_000_000],
    'Codes of a dial code below which its breaker checks nothing.',
  ),
  breakerOpenMin: minutes([5, 60, 1440], 'Minutes after which a breaker closes by itself.'),
};

export type CodeLimits = Readonly<Record<keyof typeof codeLimits, number>>;

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine((code): boolean => isSupportedCountry(code), 'is not a country of ISO 3166 with a numbering plan');

/** How users sign in (R-AUTH-01), as admins set it. */
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
