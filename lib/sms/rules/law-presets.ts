import type { DayHours, Hours, LawPreset } from '../core/registry-model.ts';

const hours = (from: string, to: string): Hours => ({ from, to });

/** Every day alike. */
const daily = (from: string, to: string): DayHours => {
  const same = hours(from, to);
  return { workday: same, saturday: same, sunday: same, holiday: same };
};

const shipped = { version: 1, effectiveFrom: '2024-01-01', checkedOn: '2026-11-23' } as const;

/**
 * The presets as they ship: version 1 of each. Managers publish later versions; these stay as history. None of this is
 * legal advice: `unconfirmed` says what a lawyer must settle before it is relied on.
 */
export const shippedPresets: readonly LawPreset[] = [
  {
    ...shipped,
    code: 'RU-230',
    title: 'Debt collection: messages to a debtor',
    country: 'RU',
    categories: ['debt'],
    hours: {
      workday: hours('08:00', '22:00'),
      saturday: hours('09:00', '20:00'),
      sunday: hours('09:00', '20:00'),
      holiday: hours('09:00', '20:00'),
    },
    caps: { perDay: 2, perWeek: 4, perMonth: 16 },
    lawRef: '230-FZ of 03.07.2016, art. 7 part 5',
    source:
      'FSSP FAQ, r09.fssp.gov.ru/faq/document26974543 (numbers); art. 7 part 3, kremlin.ru/acts/bank/40955/page/2 (hours)',
    unconfirmed: [
      'The part number (5) is recalled, not read.',
      'The 2026 edition of the law was not retrieved: check consultant.ru before release.',
      'Calendar week and calendar month: as the FSSP of Ulyanovsk describes them, a secondary source.',
      'Whether undelivered messages count, and several debts of one debtor: not settled; counted at planning, per entity and phone, parts of one message as one.',
      'The text must name creditor, debt and a contact phone; nobody checks the text here.',
    ],
  },
  {
    ...shipped,
    code: 'RU-AD',
    title: 'Advertising by SMS',
    country: 'RU',
    categories: ['marketing'],
    consent: true,
    lawRef: '38-FZ art. 18(1); 126-FZ art. 44.1',
    source:
      'consultant.ru (126-FZ art. 44.1 p. 1.1, 41-FZ of 01.04.2025); 38-FZ art. 18 by copies of the statute',
    unconfirmed: [
      'Art. 18(2) forbids automatic mailing without a human; how far it reaches a mailing list with consent is not settled here.',
      'Since 01.08.2025 operators block all mass messages, codes among them, to subscribers who refused (secondary source).',
      'The law names no hours; the standard window holds.',
    ],
  },
  {
    ...shipped,
    code: 'US-TCPA',
    title: 'Telephone solicitations',
    country: 'US',
    categories: ['marketing'],
    hours: daily('08:00', '21:00'),
    consent: true,
    lawRef: '47 CFR 64.1200(c)(1)',
    source: 'nwdebtresolution.com (secondary)',
    unconfirmed: [
      'Whether the hours bind texts sent with consent is litigated; they are applied to all.',
      'State laws may be stricter; none is shipped.',
    ],
  },
  {
    ...shipped,
    code: 'US-REG-F',
    title: 'Debt collection communications',
    country: 'US',
    categories: ['debt'],
    hours: daily('08:00', '21:00'),
    optOut: true,
    lawRef: '12 CFR 1006.6(b)(1), 1006.6(e), 1006.14(h)',
    source: 'cloudcontactai, insidearm (secondary); CFPB FAQ of 27.07.2022 (opt-out)',
    unconfirmed: [
      'The hours are a presumption of inconvenience, not a ban; they are applied as a ban.',
      '7 in 7 (1006.14(b)(2)) is about calls, per debt, and no cap on messages: no cap is shipped.',
      'The opt-out line of 1006.6(e) must be in the text; nobody checks the text here.',
    ],
  },
  {
    ...shipped,
    code: 'FR-SMS-AD',
    effectiveFrom: '2026-02-17',
    checkedOn: '2026-11-28',
    title: 'Marketing SMS',
    country: 'FR',
    categories: ['marketing'],
    hours: {
      workday: hours('08:00', '21:30'),
      saturday: hours('08:00', '21:30'),
      sunday: null,
      holiday: null,
    },
    consent: true,
    lawRef: 'AF2M charter of SMS, edition 2026',
    source: 'AF2M charter, edition 2026, published 17.02.2026 (af2m.org; read in ecranmobile.fr a78664)',
    unconfirmed: [
      'The charter allows Sundays and holidays with restraint; they are kept closed here.',
      'The edition of 01.09.2024 had 08:00-22:00 on working days.',
      'FR-CALL (D.223-9, legifrance 2022-1313) is about calls and not shipped.',
      'Holidays of Alsace-Moselle and overseas departments are not in the shipped table.',
    ],
  },
  {
    ...shipped,
    code: 'IN-PROMO',
    title: 'Promotional messages',
    country: 'IN',
    categories: ['marketing'],
    hours: daily('10:00', '21:00'),
    consent: true,
    lawRef: 'TRAI TCCCPR 2018',
    source: 'Secondary sources, which disagree: 09-21 or 10-21',
    unconfirmed: [
      '10:00-21:00 ships, being the subset of both readings.',
      "No primary source retrieved. Codes are exempt; registration of senders and templates (DLT) is the provider's.",
    ],
  },
];
