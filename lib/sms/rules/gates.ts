// @pure

import { instant } from '../../platform/clock.ts';
import type { RuleTrace } from '../model.ts';
import type { RequestedSms, RuleFacts } from './model.ts';

const entityTrace = ({ entity }: RuleFacts): RuleTrace =>
  entity?.active
    ? { rule: 'entity-active', verdict: 'pass', value: entity.name }
    : { rule: 'entity-active', verdict: 'deny', value: entity ? 'deactivated' : 'unknown' };

const providerTrace = ({ providerId }: RequestedSms, { providers }: RuleFacts): RuleTrace => {
  const rule = 'provider-allowed';
  const usable = providers.filter(({ disabledAt }) => disabledAt === undefined);
  const fitting = providerId === undefined ? usable : usable.filter(({ id }) => id === providerId);
  if (fitting.length > 0) return { rule, verdict: 'pass', value: fitting.length };
  const known = providers.some(({ id }) => id === providerId);
  const note =
    providerId === undefined ? 'no enabled provider' : known ? 'disabled' : 'not one of the entity';
  return { rule, verdict: 'deny', value: providerId ?? 0, note };
};

const suppressionTrace = ({ category }: RequestedSms, { suppressions }: RuleFacts): RuleTrace => {
  const rule = 'suppression';
  // Codes are requested by the recipient themself: nobody may keep them away, least of all from an admin.
  if (category === 'otp') return { rule, verdict: 'skip' };
  const held = suppressions.find(({ categories }) => categories.includes(category));
  if (!held) return { rule, verdict: 'pass' };
  return {
    rule,
    verdict: 'deny',
    value: held.source,
    note: held.entityId === '*' ? 'all entities' : 'this entity',
  };
};

/** Consent binds marketing; a preset may require it for what else it covers. */
const consentTrace = (
  { category }: RequestedSms,
  { consent, presets }: RuleFacts,
  nowMs: number,
): RuleTrace => {
  const rule = 'consent';
  const asking = presets.find((preset) => preset.consent);
  if (category === 'otp' || (category !== 'marketing' && !asking)) return { rule, verdict: 'skip' };
  const law = asking && { lawRef: asking.lawRef };
  if (!consent || consent.grantedAt > instant(nowMs)) return { rule, verdict: 'deny', value: 'none', ...law };
  if (consent.revokedAt) return { rule, verdict: 'deny', value: 'revoked', ...law };
  return { rule, verdict: 'pass', value: consent.grantedAt, ...law };
};

/** The rules that are a yes or a no, whatever the hour. */
export const gateTraces = (requested: RequestedSms, facts: RuleFacts, nowMs: number): RuleTrace[] => [
  entityTrace(facts),
  providerTrace(requested, facts),
  suppressionTrace(requested, facts),
  consentTrace(requested, facts, nowMs),
];
