// @pure

import { epochMs, instant } from '../../platform/clock.ts';
import type { RuleName, RuleTrace } from '../model.ts';
import { type CapRule, capRulesOf, capTraces, roomOn } from './caps.ts';
import { gateTraces } from './gates.ts';
import { type HourRule, hourRulesOf, hourTraces } from './hours.ts';
import { dateOf, localDay, localInstant } from './local-time.ts';
import type { Clocks, Evaluation, RequestedSms, RuleFacts } from './model.ts';
import { clockworksOf, nextAllowed } from './windows.ts';
import { differingZones, isZoneOf, referenceZone } from './zones.ts';

/**
 * By whose clocks a message is evaluated. A zone that somebody names, in the request or on record, counts inside the
 * number's country only: elsewhere it would move the hours of the law. Without one, all clocks of the country.
 */
export const clocksOf = (requested: RequestedSms, facts: RuleFacts, nowMs: number): Clocks => {
  const { country } = requested;
  const named = [
    { zone: requested.zone, zoneFrom: 'request' },
    { zone: facts.recipientZone, zoneFrom: 'recipient' },
  ] as const;
  for (const { zone, zoneFrom } of named) {
    if (zone !== undefined && isZoneOf(country, zone)) {
      return { zones: [zone], known: true, dayZone: zone, zoneFrom };
    }
  }
  const zones = differingZones(country, nowMs);
  const foreign = requested.zone ?? facts.recipientZone;
  return {
    zones,
    known: zones.length === 1,
    dayZone: zones.length === 1 ? (zones[0] ?? 'UTC') : referenceZone(country),
    zoneFrom: 'country',
    ...(foreign !== undefined && { foreignZone: foreign }),
  };
};

interface Search {
  readonly nowMs: number;
  readonly untilMs: number;
  readonly clocks: Clocks;
  readonly hourRules: readonly HourRule[];
  readonly capRules: readonly CapRule[];
  readonly mayDeferOverCap: boolean;
}

interface Moment {
  readonly ms: number;
  readonly date: string;
}

interface Found {
  /** The first moment the hours allow, whatever the caps say. */
  readonly byHours?: Moment;
  /** The first moment that everything allows. */
  readonly moment?: Moment;
}

/** Walks from one legal moment to the next day's until the caps have room too. */
const search = ({ nowMs, untilMs, clocks, hourRules, capRules, mayDeferOverCap }: Search): Found => {
  const clockworks = clockworksOf(
    hourRules.map(({ calendar }) => calendar),
    clocks.zones,
  );
  let byHours: Moment | undefined;
  let ms = nextAllowed(clockworks, nowMs, untilMs);
  while (ms !== undefined) {
    const day = localDay(clocks.dayZone, ms);
    const moment = { ms, date: dateOf(day) };
    byHours ??= moment;
    if (roomOn(capRules, moment.date)) return { byHours, moment };
    if (!mayDeferOverCap) break;
    const tomorrow = localInstant(clocks.dayZone, { day: day + 1, minutes: 0 }, 'open');
    ms = nextAllowed(clockworks, Math.max(tomorrow, ms + 1), untilMs);
  }
  return byHours ? { byHours } : {};
};

const validityTrace = (found: Found, untilMs: number): RuleTrace => {
  const limit = instant(untilMs);
  if (found.moment) return { rule: 'validity', verdict: 'pass', limit };
  const note = found.byHours ? 'the caps have no room before it ends' : 'no legal moment before it ends';
  return { rule: 'validity', verdict: 'deny', limit, note };
};

/** The first rule that objects; a denial by `validity` is named after the rule that pushed the message beyond it. */
const reasonOf = (trace: readonly RuleTrace[]): RuleName | undefined => {
  const denied = trace.find(({ rule, verdict }) => verdict === 'deny' && rule !== 'validity');
  return (denied ?? trace.find(({ verdict }) => verdict === 'defer' || verdict === 'deny'))?.rule;
};

/**
 * May this entity send this message to this phone at this moment (R-SMS-06)? Every rule is evaluated, in order, whatever
 * the ones before said, so that the trace is whole (R-SMS-08). Pure: the same facts give the same answer.
 */
export const evaluateRules = (requested: RequestedSms, facts: RuleFacts, nowMs: number): Evaluation => {
  const untilMs = epochMs(requested.validUntil);
  const clocks = clocksOf(requested, facts, nowMs);
  const hourRules = hourRulesOf(requested, facts);
  const capRules = capRulesOf(requested, facts);
  const found = search({
    nowMs,
    untilMs,
    clocks,
    hourRules,
    capRules,
    mayDeferOverCap: requested.overCap === 'defer',
  });
  const trace: RuleTrace[] = [
    ...gateTraces(requested, facts, nowMs),
    ...hourTraces(hourRules, { clocks, nowMs, untilMs }),
    ...capTraces({ capRules, found }),
    validityTrace(found, untilMs),
  ];
  const reason = reasonOf(trace);
  const plannedOn = capRules.length > 0 && found.moment ? found.moment.date : undefined;
  const { moment } = found;
  if (!moment || trace.some(({ verdict }) => verdict === 'deny')) {
    return { verdict: 'deny', ...(reason && { reason }), trace };
  }
  if (moment.ms > nowMs) {
    const nextAllowedAt = instant(moment.ms);
    return {
      verdict: 'defer',
      ...(reason && { reason }),
      nextAllowedAt,
      ...(plannedOn && { plannedOn }),
      trace,
    };
  }
  return { verdict: 'allow', ...(plannedOn && { plannedOn }), trace };
};
