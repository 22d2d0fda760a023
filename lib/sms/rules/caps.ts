// @pure

import { instant } from '../../platform/clock.ts';
import type { Caps } from '../core/registry-model.ts';
import type { RuleName, RuleTrace } from '../model.ts';
import { bindsOn, type GroupCount } from './groups.ts';
import type { RequestedSms, RuleFacts } from './model.ts';
import { type Counts, countsOn, fits, hasCaps, type Planned } from './quotas.ts';

/** One rule that counts. */
export interface CapRule {
  readonly rule: Extract<RuleName, 'law-caps' | 'entity-limits'>;
  readonly caps: Caps;
  readonly planned: Planned;
  /** Counted with it, on days on which the entity is in the group. */
  readonly group?: GroupCount | undefined;
  readonly ownId: string;
  readonly preset?: string;
  readonly lawRef?: string;
}

/**
 * Laws and the entity each count its messages, laws those of its group besides; the strictest wins because all must have room.
 */
export const capRulesOf = (
  requested: RequestedSms,
  { presets, entity, planned, group }: RuleFacts,
): CapRule[] => {
  if (requested.category === 'otp') return [];
  const counted = { planned, ownId: requested.id };
  const laws = presets.flatMap(({ code, version, caps, lawRef }): CapRule[] =>
    hasCaps(caps)
      ? [{ rule: 'law-caps', caps, ...counted, group, preset: `${code}@${version}`, lawRef }]
      : [],
  );
  const own = entity?.limits[requested.category];
  return [...laws, ...(hasCaps(own) ? [{ rule: 'entity-limits', caps: own, ...counted } as const] : [])];
};

const groupOn = ({ group }: CapRule, date: string): GroupCount | undefined =>
  group && bindsOn(group, date) ? group : undefined;

const countsBy = (rule: CapRule, date: string): Counts =>
  countsOn({ ...groupOn(rule, date)?.planned, ...rule.planned }, date, rule.ownId);

/** Whether one more fits on this day, by every rule. */
export const roomOn = (rules: readonly CapRule[], date: string): boolean =>
  rules.every((rule) => fits(countsBy(rule, date), rule.caps));

interface Moment {
  readonly ms: number;
  readonly date: string;
}

interface Outcome {
  readonly capRules: readonly CapRule[];
  readonly found: { readonly byHours?: Moment; readonly moment?: Moment };
}

const counted = ({ day, week, month }: Counts): string => `day ${day}, week ${week}, month ${month}`;

const allowed = ({ perDay, perWeek, perMonth }: Caps): string =>
  [
    ...(perDay === undefined ? [] : [`day ${perDay}`]),
    ...(perWeek === undefined ? [] : [`week ${perWeek}`]),
    ...(perMonth === undefined ? [] : [`month ${perMonth}`]),
  ].join(', ');

const capTrace = (rule: CapRule, { found }: Outcome): RuleTrace => {
  const { preset, lawRef } = rule;
  const head = {
    rule: rule.rule,
    limit: allowed(rule.caps),
    ...(preset && { preset }),
    ...(lawRef && { lawRef }),
  };
  const { byHours, moment } = found;
  if (!byHours) return { ...head, verdict: 'skip', note: 'no legal hour to count on' };
  const counts = countsBy(rule, byHours.date);
  const group = groupOn(rule, byHours.date);
  const said = {
    ...head,
    value: counted(counts),
    note: `on ${byHours.date}${group ? `, group ${group.groupId}` : ''}`,
  };
  if (fits(counts, rule.caps)) return { ...said, verdict: 'pass' };
  // An answer about the cap, not about the hour: set to deny, it denies; set to defer, it names the day with room.
  return moment
    ? { ...said, verdict: 'defer', nextAllowedAt: instant(moment.ms) }
    : { ...said, verdict: 'deny' };
};

/** A line per law with caps and one for the entity's own limits; a rule that does not bind says `skip`. */
export const capTraces = (outcome: Outcome): RuleTrace[] => {
  const lines = (name: CapRule['rule']): RuleTrace[] => {
    const own = outcome.capRules.filter(({ rule }) => rule === name);
    return own.length > 0 ? own.map((rule) => capTrace(rule, outcome)) : [{ rule: name, verdict: 'skip' }];
  };
  return [...lines('law-caps'), ...lines('entity-limits')];
};
