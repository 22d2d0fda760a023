import { epochMs, plusSeconds } from '../../../lib/platform/clock.ts';
import type { LawPreset, LegalEntity, ProviderFacts } from '../../../lib/sms/core/registry-model.ts';
import { evaluateRules } from '../../../lib/sms/rules/evaluation.ts';
import { shippedHolidays } from '../../../lib/sms/rules/holidays.ts';
import { shippedPresets } from '../../../lib/sms/rules/law-presets.ts';
import type { Evaluation, RequestedSms, RuleFacts } from '../../../lib/sms/rules/model.ts';

/** Facts and questions of the rules' tests: everything lawful unless a test says otherwise. */

export const preset = (code: string): LawPreset => {
  const found = shippedPresets.find((each) => each.code === code);
  if (!found) throw new Error(`no preset ${code}`);
  return found;
};

export const anEntity = (more: Partial<LegalEntity> = {}): LegalEntity => ({
  id: 'ent_1',
  name: 'Collect LLC',
  country: 'RU',
  active: true,
  presets: {},
  windowForTransactional: false,
  limits: {},
  providers: [{ providerId: 'prv_1' }],
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  ...more,
});

export const aProvider = (more: Partial<ProviderFacts> = {}): ProviderFacts => ({
  id: 'prv_1',
  kind: 'smsc',
  name: 'One',
  priority: 1,
  prices: {},
  ...more,
});

export const WIDE = { window: { from: '00:00', to: '24:00' }, version: 0 };

export const someFacts = (more: Partial<RuleFacts> = {}): RuleFacts => ({
  entity: anEntity(),
  providers: [aProvider()],
  suppressions: [],
  consent: {
    entityId: 'ent_1',
    phone: '+79161234567',
    grantedAt: '2025-01-01T00:00:00.000Z',
    proof: 'form',
    by: 'usr_1',
  },
  settings: { window: { from: '08:00', to: '22:00' }, version: 0 },
  presets: [preset('RU-230')],
  holidays: shippedHolidays,
  planned: {},
  ...more,
});

const DAY_SEC = 86_400;

/** A debt message to Russia, valid for a week, of an unknown zone. */
export const requested = (at: string, more: Partial<RequestedSms> = {}): RequestedSms => ({
  id: 'sms_1',
  entityId: 'ent_1',
  category: 'debt',
  phone: '+79161234567',
  country: 'RU',
  overCap: 'defer',
  validUntil: plusSeconds(at, 7 * DAY_SEC),
  ...more,
});

export const classify = (
  at: string,
  { about = {}, facts = {} }: { about?: Partial<RequestedSms>; facts?: Partial<RuleFacts> } = {},
): Evaluation => evaluateRules(requested(at, about), someFacts(facts), epochMs(at));
