// @pure

import { instant } from '../../platform/clock.ts';
import type { RuleName, RuleTrace } from '../model.ts';
import { localDay, localTime } from './local-time.ts';
import type { Clocks, RequestedSms, RuleFacts } from './model.ts';
import { bothHours, type Calendar, clockworksOf, everyDay, hoursOn, nextAllowed } from './windows.ts';

/** One rule that keeps hours. */
export interface HourRule {
  readonly rule: Extract<RuleName, 'window' | 'law-hours'>;
  readonly calendar: Calendar;
  readonly preset?: string;
  readonly lawRef?: string;
}

const NEVER = { from: '00:00', to: '00:00' };

/** Codes keep no window, and transactional messages only if the entity requires it (R-SMS-06). */
const keepsWindow = ({ category }: RequestedSms, { entity }: RuleFacts): boolean =>
  category === 'debt' ||
  category === 'marketing' ||
  (category === 'transactional' && entity?.windowForTransactional === true);

const windowRule = ({ entity, settings }: RuleFacts): HourRule => {
  const hours = entity?.window ? bothHours(entity.window, settings.window) : settings.window;
  return { rule: 'window', calendar: { hours: everyDay(hours ?? NEVER), holidays: [] } };
};

/** Every hour rule that binds this message: the standard or the entity's window, and each law's hours. */
export const hourRulesOf = (requested: RequestedSms, facts: RuleFacts): HourRule[] => {
  if (requested.category === 'otp') return [];
  const laws = facts.presets.flatMap(({ code, version, country, hours, lawRef }): HourRule[] => {
    const holidays = facts.holidays.filter((table) => table.country === country);
    return hours
      ? [{ rule: 'law-hours', calendar: { hours, holidays }, preset: `${code}@${version}`, lawRef }]
      : [];
  });
  return [...(keepsWindow(requested, facts) ? [windowRule(facts)] : []), ...laws];
};

interface Moment {
  readonly clocks: Clocks;
  readonly nowMs: number;
  readonly untilMs: number;
}

/** The hours of today, where one clock tells them. */
const limitOf = ({ calendar }: HourRule, { clocks, nowMs }: Moment): string => {
  const hours = hoursOn(localDay(clocks.dayZone, nowMs), calendar);
  return hours ? `${hours.from}-${hours.to}` : 'not on this day';
};

const clockReading = ({ clocks, nowMs }: Moment): string =>
  clocks.known ? localTime(clocks.dayZone, nowMs) : `unknown zone, ${clocks.zones.length} clocks`;

const NO_CLOCK = 'a satellite or international network belongs to no country: no hour is known to be lawful';

const notesOf = ({ foreignZone }: Clocks, more?: string): { note?: string } => {
  const notes = [
    ...(foreignZone === undefined
      ? []
      : [`${foreignZone} is not in the number's country and does not count`]),
    ...(more === undefined ? [] : [more]),
  ];
  return notes.length > 0 ? { note: notes.join('; ') } : {};
};

const hourTrace = (rule: HourRule, moment: Moment): RuleTrace => {
  const { preset, lawRef } = rule;
  const { clocks, nowMs, untilMs } = moment;
  const next = nextAllowed(clockworksOf([rule.calendar], clocks.zones), nowMs, untilMs);
  const said = {
    rule: rule.rule,
    value: clockReading(moment),
    limit: limitOf(rule, moment),
    ...(preset && { preset }),
    ...(lawRef && { lawRef }),
    zoneFrom: clocks.zoneFrom,
  };
  if (clocks.zones.length === 0) return { ...said, verdict: 'deny', ...notesOf(clocks, NO_CLOCK) };
  if (next === undefined) {
    return { ...said, verdict: 'deny', ...notesOf(clocks, 'no such hour before it expires') };
  }
  return next === nowMs
    ? { ...said, verdict: 'pass', ...notesOf(clocks) }
    : { ...said, verdict: 'defer', nextAllowedAt: instant(next), ...notesOf(clocks) };
};

/** A line for the window, and one per law with hours; a rule that does not bind says `skip`. */
export const hourTraces = (rules: readonly HourRule[], moment: Moment): RuleTrace[] => {
  const lines = (name: HourRule['rule']): RuleTrace[] => {
    const own = rules.filter(({ rule }) => rule === name);
    return own.length > 0 ? own.map((rule) => hourTrace(rule, moment)) : [{ rule: name, verdict: 'skip' }];
  };
  return [...lines('window'), ...lines('law-hours')];
};
