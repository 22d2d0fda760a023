import { type GlobalSettings, inForce, type OwnSettings } from '../../platform/settings/define-settings.ts';
import { limitSettings } from '../catalogue.ts';
import type { Limits, LimitValues } from '../model.ts';

export type GlobalLimits = GlobalSettings<LimitValues>;

/** What one desk has set itself. */
export type OwnLimits = OwnSettings<LimitValues>;

export const initialLimits: GlobalLimits = limitSettings.initial;

/** What is in force for a desk: its own value where it has one, else the global one. */
export const effectiveLimits = (global: GlobalLimits, own?: OwnLimits): Limits => inForce(global, own);
