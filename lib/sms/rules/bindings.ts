// @pure

import type { LawRules, LegalEntity, ProviderFacts } from '../core/registry-model.ts';
import { OWN_ENTITY, type SmsCategory } from '../model.ts';
import { dateOf, localDay } from './local-time.ts';
import { referenceZone } from './zones.ts';

/** The date in the capital of a country: by it versions of laws begin. */
export const capitalDate = (country: string, nowMs: number, daysOn = 0): string =>
  dateOf(localDay(referenceZone(country), nowMs) + daysOn);

/** Of each code, the version in force: the latest that has begun, by the capital's date. */
export const presetsInForce = <Law extends LawRules>(versions: readonly Law[], nowMs: number): Law[] => {
  const inForce = new Map<string, Law>();
  for (const preset of versions) {
    const today = capitalDate(preset.country, nowMs);
    const before = inForce.get(preset.code);
    const later =
      !before ||
      preset.effectiveFrom > before.effectiveFrom ||
      (preset.effectiveFrom === before.effectiveFrom && preset.version > before.version);
    if (preset.effectiveFrom <= today && later) inForce.set(preset.code, preset);
  }
  return [...inForce.values()];
};

/** Those in force, and every version still to come. */
export const presetsFromNow = <Law extends LawRules>(versions: readonly Law[], nowMs: number): Law[] => [
  ...presetsInForce(versions, nowMs),
  ...versions.filter(({ country, effectiveFrom }) => effectiveFrom > capitalDate(country, nowMs)),
];

/** The version of the same law that would be in force on a version's first day without it. */
export const followedBy = <Law extends LawRules>(
  versions: readonly Law[],
  { code, version, effectiveFrom }: LawRules,
): Law | undefined =>
  versions
    .filter((each) => each.code === code && each.version !== version && each.effectiveFrom <= effectiveFrom)
    .toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.version - a.version)[0];

/**
 * The laws that bind a message: those of the number's country for its category, whether or not anybody named them, and
 * those that the entity took on besides.
 */
export const bindingPresets = (
  inForce: readonly LawRules[],
  { country, category, entity }: { country: string; category: SmsCategory; entity: LegalEntity | undefined },
): LawRules[] => {
  if (category === 'otp') return [];
  const named = entity?.presets[category] ?? [];
  return inForce.filter(
    (preset) =>
      named.includes(preset.code) || (preset.country === country && preset.categories.includes(category)),
  );
};

/** Providers an entity may use, the first choice first. The own entity may use all until it names some. */
export const allowedProviders = <Facts extends ProviderFacts>(
  entity: LegalEntity | undefined,
  all: readonly Facts[],
): Facts[] => {
  if (!entity) return [];
  const everyone = entity.id === OWN_ENTITY && entity.providers.length === 0;
  return all
    .filter(({ id }) => everyone || entity.providers.some(({ providerId }) => providerId === id))
    .toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
};
