import { epochMs, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { smsList } from '../acceptance/list-sms.ts';
import type { LegalEntity } from '../core/registry-model.ts';
import { queryIndex } from '../core/table.ts';
import { findEntity } from '../entity-repository.ts';
import { listSmsByIds } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { openRuleConfig } from '../rule-config-repository.ts';
import { bindingPresets, presetsInForce } from '../rules/bindings.ts';

/** People answer what came lately; what is older is nobody's message any more. */
const LATELY_MS = 30 * 24 * 3600 * 1000;
const MAX_LOOKED_AT = 25;

/** Messages that a provider lately took to this phone, newest first; codes are nobody's to answer. */
export const lately = async (rt: Runtime, providerId: string, phone: string): Promise<Sms[]> => {
  const { partition } = smsList({ phone });
  const page = await queryIndex(rt, { index: 'byPhone', partition, limit: MAX_LOOKED_AT, descending: true });
  const since = instant(rt.clock.nowMs() - LATELY_MS);
  const { items: all } = await listSmsByIds(
    rt,
    page.items.map(({ pk }) => pk.slice('SMS#'.length)),
  );
  return all.filter(
    ({ category, createdAt, attempts }) =>
      category !== 'otp' &&
      createdAt >= since &&
      attempts.some((attempt) => attempt.providerId === providerId && attempt.state !== 'refused'),
  );
};

/** What a text from a phone may be an answer to. */
export interface RepliedTo {
  readonly last?: Sms;
  readonly entities: readonly LegalEntity[];
  /** Entities whose debt texts it ends, by the law that binds them. */
  readonly endsDebtOf: readonly string[];
}

export const repliedTo = async (rt: Runtime, providerId: string, phone: string): Promise<RepliedTo> => {
  const messages = await lately(rt, providerId, phone);
  const ids = [...new Set(messages.map(({ entityId }) => entityId))];
  const entities = (await Promise.all(ids.map((id) => findEntity(rt, id)))).flatMap((each) => each ?? []);
  const debts = messages.filter(({ category }) => category === 'debt');
  const [last] = messages;
  if (debts.length === 0) return { ...(last && { last }), entities, endsDebtOf: [] };
  const inForce = presetsInForce(
    (await openRuleConfig(rt)).config.presets,
    epochMs(instant(rt.clock.nowMs())),
  );
  const endsDebtOf = debts
    .filter(({ country, category, entityId }) => {
      const entity = entities.find(({ id }) => id === entityId);
      return bindingPresets(inForce, { country, category, entity }).some(({ optOut }) => optOut);
    })
    .map(({ entityId }) => entityId);
  return { ...(last && { last }), entities, endsDebtOf: [...new Set(endsDebtOf)] };
};
