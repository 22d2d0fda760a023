import { isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import { type CodeLimitName, codeLimitNames, codeLimitRanges, type SignInSettings } from '../model.ts';

const MEANINGS: Readonly<Record<CodeLimitName, string>> = {
  codesPerPhoneHour:
    'Codes sent to one phone in an hour; each device that signed in by it before has as many of its own.',
  codesPerPhoneDay:
    'Codes sent to one phone in a day; each device that signed in by it before has as many of its own.',
  codesPerRequesterHour: 'Of these, codes that one IP address may ask for in an hour.',
  codesPerRequesterDay: 'Of these, codes that one IP address may ask for in a day.',
  codesPerAddressHour: 'Codes asked for from one IP address (a /64 of IPv6) in an hour.',
  codesPerDialCodeDay: 'Codes sent to one dial code on a UTC day, unless it has a budget of its own.',
  codesPerPrefixHour: 'Codes sent in an hour to numbers that differ in their last four digits alone.',
  codeLifeSec: 'Seconds for which a code is good.',
  attemptsPerChallenge: 'Guesses of one challenge.',
  attemptsOfJoined: 'Guesses, all together, of those who joined a code that somebody else had asked for.',
  resendAfterSec: 'Seconds until the second code; each further one of the hour takes twice as long.',
  breakerWindowMin: 'Minutes that a breaker looks back upon.',
  breakerEnteredPercent: 'Codes entered per hundred sent below which a breaker opens; 0: never.',
  breakerMinCodesPerPrefix: 'Codes of a prefix below which its breaker judges nothing.',
  breakerMinCodesPerDialCode: 'Codes of a dial code below which its breaker judges nothing.',
  breakerOpenMin: 'Minutes after which a breaker closes by itself.',
};

const inRange = (name: CodeLimitName) =>
  z.int().min(codeLimitRanges[name].min).max(codeLimitRanges[name].max).meta({ description: MEANINGS[name] });

const limits = z.object(
  Object.fromEntries(codeLimitNames.map((name) => [name, inRange(name)])) as Record<
    CodeLimitName,
    ReturnType<typeof inRange>
  >,
);

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine((code): boolean => isSupportedCountry(code), 'is not a country of ISO 3166 with a numbering plan');

const MAX_COUNTRIES = 250;
const MAX_BUDGETS = 250;

const budgets = z
  .record(z.string().regex(/^[1-9]\d{0,2}$/), inRange('codesPerDialCodeDay'))
  .refine((entries) => Object.keys(entries).length <= MAX_BUDGETS, 'has too many entries')
  .meta({ id: 'DialCodeBudgets', description: 'Daily budgets of single dial codes: {"7": 10000}.' });

const countries = z.array(country).min(1).max(MAX_COUNTRIES).nullable().meta({
  description: 'Countries (ISO 3166) whose phones may sign in, as shipped that of the entity own; null: all.',
});

const internationalNetworks = z.boolean().meta({
  description:
    'Satellites and international networks (+870, +878, +881 to +883), which belong to no country, may sign in.',
});

const defaultCountry = country
  .nullable()
  .meta({ description: 'Country of numbers written without their international prefix; null: refused.' });

export const settingsView = z
  .object({
    limits,
    dialCodeBudgets: budgets,
    countries,
    internationalNetworks,
    defaultCountry,
    version: z.int().min(0),
  })
  .meta({ id: 'SignInSettings' });
export type SettingsView = z.infer<typeof settingsView>;

/** A change: what is not named stays; `dialCodeBudgets` and `countries` are given whole. */
export const settingsChange = z.strictObject({
  limits: limits.partial().strict().optional(),
  dialCodeBudgets: budgets.optional(),
  countries: countries.optional(),
  internationalNetworks: internationalNetworks.optional(),
  defaultCountry: defaultCountry.optional(),
});
export type SettingsChange = z.output<typeof settingsChange>;

export const toSettingsView = (settings: SignInSettings): SettingsView => ({
  limits: { ...settings.limits },
  dialCodeBudgets: { ...settings.dialCodeBudgets },
  countries: settings.countries ? [...settings.countries] : null,
  internationalNetworks: settings.internationalNetworks,
  defaultCountry: settings.defaultCountry,
  version: settings.version,
});
