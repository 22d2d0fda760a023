// @pure

import type { Caps, Hours, LawRules, LegalEntity } from '../core/registry-model.ts';
import type { SmsCategory } from '../model.ts';
import { bothHours } from './windows.ts';

/** What of an entity is edited; `null` takes an optional one away. */
export interface EntityChange {
  readonly name?: string | undefined;
  readonly country?: string | undefined;
  readonly senderName?: string | null | undefined;
  readonly presets?: LegalEntity['presets'] | undefined;
  readonly window?: Hours | null | undefined;
  readonly windowForTransactional?: boolean | undefined;
  readonly limits?: LegalEntity['limits'] | undefined;
  readonly stopWords?: readonly string[] | undefined;
}

/** An entity after a change: what is not named stays, and `null` takes it away. */
export const changedEntity = (before: LegalEntity, change: EntityChange): LegalEntity => {
  const { senderName = before.senderName, window = before.window, ...given } = change;
  const { senderName: _senderName, window: _window, ...kept } = before;
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    ...kept,
    ...named,
    ...(typeof senderName === 'string' && { senderName }),
    ...(window && { window }),
  };
};

const looser = (own: Caps, law: Caps): boolean =>
  (['perDay', 'perWeek', 'perMonth'] as const).some((period) => {
    const [ours, theirs] = [own[period], law[period]];
    return ours !== undefined && theirs !== undefined && ours > theirs;
  });

export type EntityFault = { readonly code: string; readonly message: string };

const presetFault = (entity: LegalEntity, inForce: readonly LawRules[]): EntityFault | undefined => {
  for (const [category, codes] of Object.entries(entity.presets)) {
    for (const code of codes) {
      const preset = inForce.find((each) => each.code === code);
      if (!preset) return { code: 'law-preset-unknown', message: `There is no law preset ${code} in force.` };
      if (!preset.categories.includes(category as SmsCategory)) {
        return {
          code: 'law-preset-category',
          message: `${code} is not about messages of category ${category}.`,
        };
      }
    }
  }
  return undefined;
};

const limitFault = (entity: LegalEntity, inForce: readonly LawRules[]): EntityFault | undefined => {
  for (const [category, caps] of Object.entries(entity.limits)) {
    const codes = entity.presets[category as SmsCategory] ?? [];
    const law = inForce.find((each) => codes.includes(each.code) && each.caps && looser(caps, each.caps));
    if (law)
      return {
        code: 'limits-looser-than-law',
        message: `${law.code} is stricter than these limits for ${category}.`,
      };
  }
  return undefined;
};

const windowFault = ({ window }: LegalEntity, standard: Hours): EntityFault | undefined => {
  const inside = window && bothHours(window, standard);
  return !window || (inside?.from === window.from && inside.to === window.to)
    ? undefined
    : { code: 'window-not-stricter', message: `The window must lie within ${standard.from}-${standard.to}.` };
};

/** Why an entity may not be so. Its own demands may only be stricter than the standard and the law (R-SMS-05). */
export const entityFault = (
  entity: LegalEntity,
  { inForce, standard }: { inForce: readonly LawRules[]; standard: Hours },
): EntityFault | undefined =>
  presetFault(entity, inForce) ?? limitFault(entity, inForce) ?? windowFault(entity, standard);
