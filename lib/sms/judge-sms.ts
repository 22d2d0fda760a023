import { type Instant, instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Change } from '../platform/storage/change.ts';
import { findTogether } from '../platform/storage/find-together.ts';
import type { Write } from '../platform/storage/write.ts';
import { moved, smsChange } from './change.ts';
import type { Sms } from './model.ts';
import type { LegalEntity } from './registry/model.ts';
import { bookEdits, bookOf } from './repository/book.ts';
import { entityInForce, legalEntities } from './repository/entities.ts';
import { messages } from './repository/messages.ts';
import { readProviders, recentProviders } from './repository/provider-facts.ts';
import { countWrite, noQuota, ownersOf, type Quota, quotas, uncountWrite } from './repository/quotas.ts';
import { consents, EVERYBODY, recipients, suppressions } from './repository/recipients.ts';
import { allowedProviders, bindingPresets, presetsInForce } from './rules/bindings.ts';
import { evaluateSms } from './rules/evaluation.ts';
import { type GroupCount, hasLeft, ownerOfGroup, ownersOn } from './rules/groups.ts';
import { holidaysInForce } from './rules/holiday-tables.ts';
import type { Asked, Judgement, RuleFacts } from './rules/model.ts';
import { outdatedOn } from './rules/quotas.ts';
import { settingsInForce } from './rules/settings.ts';

/** What was counted so far, under the entity and under its group. */
type Quotas = Readonly<Record<string, Quota>>;

/** A judgement with what it stands on. */
export interface Judged extends Judgement {
  readonly at: Instant;
  readonly facts: RuleFacts;
  readonly quotas: Quotas;
  /** Under what it would be counted, on `plannedOn`. */
  readonly countedIn: readonly string[];
  /** The message of this id as it is stored, if it is. */
  readonly stored?: Sms;
}

const wantedOf = (asked: Asked) => ({
  sms: messages.at(asked),
  entity: legalEntities.at({ id: asked.entityId }),
  quota: quotas.at({ ...asked, owner: asked.entityId }),
  suppressed: suppressions.at(asked),
  suppressedByAll: suppressions.at({ phone: asked.phone, entityId: EVERYBODY }),
  consent: consents.at(asked),
  recipient: recipients.at({ recipient: asked.phone }),
  book: bookEdits.at({}),
});

interface Loaded {
  readonly facts: RuleFacts;
  readonly quotas: Quotas;
  readonly stored?: Sms;
}

/** One more read for an entity in a group; codes are not counted. */
const groupQuota = async (
  rt: Runtime,
  asked: Asked,
  { entity, nowMs }: { entity: LegalEntity | undefined; nowMs: number },
): Promise<{ readonly group: GroupCount; readonly quotas: Quotas } | undefined> => {
  const group = entity?.group;
  if (!group || asked.category === 'otp' || hasLeft(group, nowMs)) return undefined;
  const owner = ownerOfGroup(group);
  const quota = (await quotas.find(rt, { ...asked, owner })) ?? noQuota;
  return { group: { ...group, planned: quota.planned }, quotas: { [owner]: quota } };
};

/** All that the rules look at, in one read of the table, and one of the group's count. The registry of providers may be seconds old at acceptance. */
const loadFacts = async (
  rt: Runtime,
  asked: Asked,
  { nowMs, lastLook }: { nowMs: number; lastLook: boolean },
): Promise<Loaded> => {
  const [found, providers] = await Promise.all([
    findTogether(rt, wantedOf(asked)),
    lastLook ? readProviders(rt) : recentProviders(rt),
  ]);
  const { sms, quota = noQuota, consent, recipient, suppressed, suppressedByAll } = found;
  const entity = entityInForce(found.entity, asked.entityId, nowMs);
  const book = bookOf(found.book);
  const { country, category } = asked;
  const shared = await groupQuota(rt, asked, { entity, nowMs });
  const presets = bindingPresets(presetsInForce(book.presets, nowMs), { country, category, entity });
  return {
    quotas: { ...shared?.quotas, [asked.entityId]: quota },
    ...(sms && { stored: sms }),
    facts: {
      entity,
      providers: allowedProviders(entity, providers),
      suppressions: [suppressed, suppressedByAll].flatMap((each) => each ?? []),
      consent,
      settings: settingsInForce(book.settings, nowMs),
      presets,
      holidays: holidaysInForce(book.holidays, nowMs),
      planned: quota.planned,
      group: shared?.group,
      ...(recipient && { recipientZone: recipient.zone }),
    },
  };
};

/**
 * Judges a message at a moment by everything on record (R-SMS-06). The same function at acceptance and as the last step
 * before hand-off; there with `lastLook`, which reads the providers anew, and with the provider it is about to go to.
 * Writes nothing.
 */
export const judgeSms = async (
  rt: Runtime,
  asked: Asked,
  nowMs: number,
  options: { readonly providerId?: string | undefined; readonly lastLook?: boolean } = {},
): Promise<Judged> => {
  const { providerId = asked.providerId, lastLook = false } = options;
  const loaded = await loadFacts(rt, asked, { nowMs, lastLook });
  const question: Asked = { ...asked, ...(providerId !== undefined && { providerId }) };
  const judgement = evaluateSms(question, loaded.facts, nowMs);
  const { plannedOn } = judgement;
  const countedIn =
    plannedOn === undefined ? [] : ownersOn(asked.entityId, loaded.facts.entity ?? {}, plannedOn);
  return { ...loaded, ...judgement, countedIn, at: instant(nowMs) };
};

/**
 * Counts a message on the day it was judged for, or moves it there, under its entity and the group it is in on that day; nothing
 * where it stands there already.
 */
export const recountWrites = (
  rt: Runtime,
  sms: Pick<Sms, 'id' | 'entityId' | 'phone' | 'category' | 'plannedOn' | 'countedIn'>,
  judged: Judged,
): Write[] => {
  const on = judged.verdict === 'deny' ? undefined : judged.plannedOn;
  const { quotas, countedIn, at } = judged;
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

/** What a judgement leaves on the message. */
export const judgedFields = (judged: Judged): Pick<Sms, 'trace' | 'judgedAt'> & Partial<Sms> => ({
  trace: judged.trace,
  judgedAt: judged.at,
  ...(judged.verdict !== 'allow' && judged.reason && { reason: judged.reason }),
  ...(judged.nextAllowedAt && { nextAllowedAt: judged.nextAllowedAt }),
  ...(judged.verdict !== 'deny' &&
    judged.plannedOn && { plannedOn: judged.plannedOn, countedIn: judged.countedIn }),
});

/** The same for a message judged anew: what it was first answered with stays, for every repeat to be answered so. */
export const judgedAnew = (
  sms: Sms,
  judged: Judged,
): ReturnType<typeof judgedFields> & Pick<Sms, 'accepted'> => ({
  ...judgedFields(judged),
  accepted: { trace: sms.trace, ...sms.accepted },
});

/**
 * A held message (`deferred`, or `queued` and judged again before hand-off) after a judgement: queued, deferred or
 * denied, its count moved or given back with it. One commit.
 */
export const verdictChange = (rt: Runtime, sms: Sms, judged: Judged): Change => {
  const { nextAllowedAt, ...rest } = sms;
  const after = moved(rest, STATES_BY_VERDICT[judged.verdict], judged.at, judgedAnew(sms, judged));
  const change = smsChange(rt, sms, after);
  return { ...change, writes: [...change.writes, ...recountWrites(rt, sms, judged)] };
};
