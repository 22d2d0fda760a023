import type { Instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import { findSettingsAt } from '../platform/settings/settings-repository.ts';
import { limitSettings } from './catalogue.ts';
import type { GlobalLimits, OwnLimits } from './core/limits.ts';

export { getDesk } from './core/desk-repository.ts';
// What the desk lets another module read of its past. It is kept and written by the desk alone.
export { listFacts } from './core/journal-repository.ts';
export { listDecisionsBetween } from './dispatch/decision-log-repository.ts';
export { type Decision, listPlans, planOf } from './dispatch/decision-repository.ts';

export interface LimitScopes {
  readonly global: GlobalLimits;
  readonly own: OwnLimits;
}

/** Limits in force at an instant: the global ones, and what the desk had set itself. */
export const findLimitsAt = (rt: Runtime, deskId: string, at: Instant): Promise<LimitScopes> =>
  findSettingsAt(rt, limitSettings, { scopeId: deskId, at });
