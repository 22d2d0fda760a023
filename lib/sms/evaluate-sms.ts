import { type Instant, instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Change } from '../platform/storage/change.ts';
import { findTogether } from '../platform/storage/find-together.ts';
import type { Write } from '../platform/storage/write.ts';
import { moved, smsChange } from './change.ts';
import { readProviders, recentProviders } from './core/provider-facts-repository.ts';
import { countWrite, noQuota, ownersOf, type Quota, quotas, uncountWrite } from './core/quota-repository.ts';
import { consents, EVERYBODY, recipients, suppressions } from './core/recipient-repository.ts';
import type { LegalEntity } from './core/registry-model.ts';
import { entityInForce, legalEntities } from './entity-repository.ts';
import { messages } from './message-repository.ts';
import type { Sms } from './model.ts';
import { ruleConfigOf, ruleConfigs } from './rule-config-repository.ts';
import { allowedProviders, bindingPresets, presetsInForce } from './rules/bindings.ts';
import { evaluateRules } from './rules/evaluation.ts';
import { type GroupCount, hasLeft, ownerOfGroup, ownersOn } from './rules/groups.ts';
import { holidaysInForce } from './rules/holiday-tables.ts';
import type { Evaluation, RequestedSms, RuleFacts } from './rules/model.ts';
import { outdatedOn } from './rules/quotas.ts';
import { settingsInForce } from './rules/settings.ts';

/** What was counted so far, under the entity and under its group. */
type Quotas = Readonly<Record<string, Quota>>;

/** An evaluation with its inputs. */
export interface Evaluated extends Evaluation {
  readonly at: Instant;
  readonly facts: RuleFacts;
  readonly quotas: Quotas;
  /** Under what it would be counted, on `plannedOn`. */
  readonly countedIn: readonly string[];
  /** The message of this id as it is stored, if it is. */
  readonly stored?: Sms;
}

const wantedOf = (requested: RequestedSms) => ({
  sms: messages.at(requested),
  entity: legalEntities.at({ id: requested.entityId }),
  quota: quotas.at({ ...requested, owner: requested.entityId }),
  suppressed: suppressions.at(requested),
  suppressedByAll: suppressions.at({ phone: requested.phone, entityId: EVERYBODY }),
  consent: consents.at(requested),
  recipient: recipients.at({ recipient: requested.phone }),
  config: ruleConfigs.at({}),
});

interface Loaded {
  readonly facts: RuleFacts;
  readonly quotas: Quotas;
  readonly stored?: Sms;
}

/** One more read for an entity in a group; codes are not counted. */
const groupQuota = async (
  rt: Runtime,
  requested: RequestedSms,
  { entity, nowMs }: { entity: LegalEntity | undefined; nowMs: number },
): Promise<{ readonly group: GroupCount; readonly quotas: Quotas } | undefined> => {
  const group = entity?.group;
  if (!group || requested.category === 'otp' || hasLeft(group, nowMs)) return undefined;
  const owner = ownerOfGroup(group);
  const quota = (await quotas.find(rt, { ...requested, owner })) ?? noQuota;
  return { group: { ...group, planned: quota.planned }, quotas: { [owner]: quota } };
};

/** All inputs of the rules, in one read of the table, and one of the group's count. The registry of providers may be seconds old at acceptance. */
const loadFacts = async (
  rt: Runtime,
  requested: RequestedSms,
  { nowMs, lastCheck }: { nowMs: number; lastCheck: boolean },
): Promise<Loaded> => {
  const [found, providers] = await Promise.all([
    findTogether(rt, wantedOf(requested)),
    lastCheck ? readProviders(rt) : recentProviders(rt),
  ]);
  const { sms, quota = noQuota, consent, recipient, suppressed, suppressedByAll } = found;
  const entity = entityInForce(found.entity, requested.entityId, nowMs);
  const config = ruleConfigOf(found.config);
  const { country, category } = requested;
  const shared = await groupQuota(rt, requested, { entity, nowMs });
  const presets = bindingPresets(presetsInForce(config.presets, nowMs), { country, category, entity });
  return {
    quotas: { ...shared?.quotas, [requested.entityId]: quota },
    ...(sms && { stored: sms }),
    facts: {
      entity,
      providers: allowedProviders(entity, providers),
      suppressions: [suppressed, suppressedByAll].flatMap((each) => each ?? []),
      consent,
      settings: settingsInForce(config.settings, nowMs),
      presets,
      holidays: holidaysInForce(config.holidays, nowMs),
      planned: quota.planned,
      group: shared?.group,
      ...(recipient && { recipientZone: recipient.zone }),
    },
  };
};

/**
 * Evaluates a message at a moment by everything on record (R-SMS-06). The same function at acceptance and as the last step
 * before hand-off; there with `lastCheck`, which reads the providers anew, and with the provider it is about to go to.
 * Writes nothing.
 */
export const evaluateSms = async (
  rt: Runtime,
  requested: RequestedSms,
  nowMs: number,
  options: { readonly providerId?: string | undefined; readonly lastCheck?: boolean } = {},
): Promise<Evaluated> => {
  const { providerId = requested.providerId, lastCheck = false } = options;
  const loaded = await loadFacts(rt, requested, { nowMs, lastCheck });
  const question: RequestedSms = { ...requested, ...(providerId !== undefined && { providerId }) };
  const evaluation = evaluateRules(question, loaded.facts, nowMs);
  const { plannedOn } = evaluation;
  const countedIn =
    plannedOn === undefined ? [] : ownersOn(requested.entityId, loaded.facts.entity ?? {}, plannedOn);
  return { ...loaded, ...evaluation, countedIn, at: instant(nowMs) };
};

/**
 * Counts a message on the day it was evaluated for, or moves it there, under its entity and the group it is in on that day; nothing
 * where it is there already.
 */
export const recountWrites = (
  rt: Runtime,
  sms: Pick<Sms, 'id' | 'entityId' | 'phone' | 'category' | 'plannedOn' | 'countedIn'>,
  evaluated: Evaluated,
): Write[] => {
  const on = evaluated.verdict === 'deny' ? undefined : evaluated.plannedOn;
  const { quotas, countedIn, at } = evaluated;
  if (on === undefined) return [];
  const counts = countedIn.flatMap((owner): Write[] => {
    const quota = quotas[owner] ?? noQuota;
    if (quota.planned[sms.id] === on) return [];
    const outdated = outdatedOn(quota.planned, at.slice(0, 10));
    return [countWrite(rt, { ...sms, owner }, { quota, smsId: sms.id, on, outdated, at })];
  });
  const left = ownersOf(sms).filter((owner) => !countedIn.includes(owner));
  return [...counts, ...left.map((owner) => uncountWrite(rt, { ...sms, owner }, sms.id))];
};

export const STATES_BY_VERDICT = { allow: 'queued', defer: 'deferred', deny: 'denied' } as const;

/** What an evaluation leaves on the message. */
export const evaluatedFields = (evaluated: Evaluated): Pick<Sms, 'trace' | 'judgedAt'> & Partial<Sms> => ({
  trace: evaluated.trace,
  judgedAt: evaluated.at,
  ...(evaluated.verdict !== 'allow' && evaluated.reason && { reason: evaluated.reason }),
  ...(evaluated.nextAllowedAt && { nextAllowedAt: evaluated.nextAllowedAt }),
  ...(evaluated.verdict !== 'deny' &&
    evaluated.plannedOn && { plannedOn: evaluated.plannedOn, countedIn: evaluated.countedIn }),
});

/** The same for a message evaluated again: what it was first answered with stays, for every repeat to be answered so. */
export const evaluatedAgain = (
  sms: Sms,
  evaluated: Evaluated,
): ReturnType<typeof evaluatedFields> & Pick<Sms, 'accepted'> => ({
  ...evaluatedFields(evaluated),
  accepted: { trace: sms.trace, ...sms.accepted },
});

/**
 * A held message (`deferred`, or `queued` and evaluated again before hand-off) after an evaluation: queued, deferred or
 * denied, its count moved or given back with it. One commit.
 */
export const verdictChange = (rt: Runtime, sms: Sms, evaluated: Evaluated): Change => {
  const { nextAllowedAt, ...rest } = sms;
  const after = moved(
    rest,
    STATES_BY_VERDICT[evaluated.verdict],
    evaluated.at,
    evaluatedAgain(sms, evaluated),
  );
  const change = smsChange(rt, sms, after);
  return { ...change, writes: [...change.writes, ...recountWrites(rt, sms, evaluated)] };
};
