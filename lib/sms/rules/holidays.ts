import type { HolidayTable } from '../core/registry-model.ts';

type Days = Readonly<Record<string, string>>;

/** Same dates every year. */
const RU_FIXED: Days = {
  '01-01': "New Year's holidays",
  '01-02': "New Year's holidays",
  '01-03': "New Year's holidays",
  '01-04': "New Year's holidays",
  '01-05': "New Year's holidays",
  '01-06': "New Year's holidays",
  '01-07': 'Christmas',
  '01-08': "New Year's holidays",
  '02-23': 'Defender of the Fatherland Day',
  '03-08': "International Women's Day",
  '05-01': 'Spring and Labour Day',
  '05-09': 'Victory Day',
  '06-12': 'Russia Day',
  '11-04': 'Unity Day',
};

const FR_FIXED: Days = {
  '01-01': "Jour de l'an",
  '05-01': 'Fête du Travail',
  '05-08': 'Victoire 1945',
  '07-14': 'Fête nationale',
  '08-15': 'Assomption',
  '11-01': 'Toussaint',
  '11-11': 'Armistice 1918',
  '12-25': 'Noël',
};

const US_FIXED: Days = {
  '01-01': "New Year's Day",
  '06-19': 'Juneteenth',
  '07-04': 'Independence Day',
  '11-11': 'Veterans Day',
  '12-25': 'Christmas Day',
};

const IN_FIXED: Days = {
  '01-26': 'Republic Day',
  '08-15': 'Independence Day',
  '10-02': 'Gandhi Jayanti',
};

const inYear = (year: number, days: Days): Days =>
  Object.fromEntries(Object.entries(days).map(([date, name]) => [`${year}-${date}`, name]));

interface Year {
  readonly country: string;
  readonly year: number;
  readonly fixed: Days;
  readonly moving?: Days;
  readonly workdays?: readonly string[];
  readonly source: string;
  readonly unconfirmed?: readonly string[];
}

const table = ({
  country,
  year,
  fixed,
  moving = {},
  workdays = [],
  source,
  unconfirmed = [],
}: Year): HolidayTable => ({
  country,
  year,
  holidays: { ...inYear(year, fixed), ...moving },
  workdays,
  source,
  unconfirmed,
  version: 0,
});

const RU = {
  country: 'RU',
  fixed: RU_FIXED,
  source: 'Labour Code of the Russian Federation, art. 112',
} as const;
const US = { country: 'US', fixed: US_FIXED, source: '5 U.S.C. 6103' } as const;
const FR = { country: 'FR', fixed: FR_FIXED, source: 'Code du travail, art. L3133-1' } as const;
const IN = {
  country: 'IN',
  fixed: IN_FIXED,
  source: 'The three national holidays',
  unconfirmed: ['Holidays of the states differ and are not in the table.'],
} as const;

/**
 * Holiday tables as they ship; managers edit them (`PUT /v1/holidays/{country}/{year}`). A transferred day off is
 * among the holidays, a worked weekend day among the workdays. Only what is decreed or computed by law is listed: Russia
 * moves days by a yearly decree, and 2027 has none yet, so that year is evaluated by the stricter hours of each day.
 */
export const shippedHolidays: readonly HolidayTable[] = [
  table({
    ...RU,
    year: 2026,
    moving: {
      '2026-01-09': 'Day off moved from 3 January',
      '2026-03-09': 'Day off after 8 March (Sunday)',
      '2026-05-11': 'Day off after 9 May (Saturday)',
      '2026-12-31': 'Day off moved from 4 January',
    },
    unconfirmed: [
      'Transfers (9 January, 9 March, 11 May, 31 December) are recalled: check the decree on the days off of 2026.',
    ],
  }),
  table({
    ...US,
    year: 2026,
    moving: {
      '2026-01-19': 'Birthday of Martin Luther King, Jr.',
      '2026-02-16': "Washington's Birthday",
      '2026-05-25': 'Memorial Day',
      '2026-07-03': 'Independence Day (observed)',
      '2026-09-07': 'Labor Day',
      '2026-10-12': 'Columbus Day',
      '2026-11-26': 'Thanksgiving Day',
    },
  }),
  table({
    ...US,
    year: 2027,
    moving: {
      '2027-01-18': 'Birthday of Martin Luther King, Jr.',
      '2027-02-15': "Washington's Birthday",
      '2027-05-31': 'Memorial Day',
      '2027-06-18': 'Juneteenth (observed)',
      '2027-07-05': 'Independence Day (observed)',
      '2027-09-06': 'Labor Day',
      '2027-10-11': 'Columbus Day',
      '2027-11-25': 'Thanksgiving Day',
      '2027-12-24': 'Christmas Day (observed)',
      '2027-12-31': "New Year's Day of 2028 (observed)",
    },
  }),
  table({
    ...FR,
    year: 2026,
    moving: {
      '2026-04-06': 'Lundi de Pâques',
      '2026-05-14': 'Ascension',
      '2026-05-25': 'Lundi de Pentecôte',
    },
  }),
  table({
    ...FR,
    year: 2027,
    moving: {
      '2027-03-29': 'Lundi de Pâques',
      '2027-05-06': 'Ascension',
      '2027-05-17': 'Lundi de Pentecôte',
    },
  }),
  table({ ...IN, year: 2026 }),
  table({ ...IN, year: 2027 }),
];
