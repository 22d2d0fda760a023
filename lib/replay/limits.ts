// @pure

import type { LimitValues } from '../desk/model.ts';
import {
  effectiveLimits,
  type GlobalLimits,
  initialLimits,
  type JournalEntry,
  limitsChanged,
  type OwnLimits,
} from '../desk/rules.ts';
import { epochMs } from '../platform/clock.ts';
import type { FactOf } from './facts.ts';

export interface Scopes {
  readonly global: GlobalLimits;
  readonly own: OwnLimits;
}

export const isLimitsEntry = ({ type }: JournalEntry): boolean => type === limitsChanged.name;

export interface LimitsEntry {
  readonly atMs: number;
  readonly scope: 'global' | 'own';
  readonly version: number;
  readonly values: Partial<LimitValues>;
}

/** Throws on what a version wrote that knew another shape. */
export const limitsEntryOf = ({ at, data }: JournalEntry): LimitsEntry => {
  const { deskIds, version, values } = limitsChanged.schema.parse(data);
  return { atMs: epochMs(at), scope: deskIds === 'all' ? 'global' : 'own', version, values };
};

const after = ({ global, own }: Scopes, { scope, version, values }: LimitsEntry): Scopes =>
  scope === 'own'
    ? { global, own: { version, values } }
    : { global: { ...global, version, values: { ...initialLimits.values, ...values } }, own };

/** What came into force on the desk, change by change, from both scopes as of before the first. */
export const limitsFacts = (start: Scopes, entries: readonly LimitsEntry[]): FactOf<'limits'>[] => {
  let scopes = start;
  const facts: FactOf<'limits'>[] = [];
  for (const entry of [...entries].sort((a, b) => a.version - b.version)) {
    // What is in force at the start is no change.
    if (entry.version <= scopes[entry.scope].version) continue;
    scopes = after(scopes, entry);
    facts.push({ kind: 'limits', atMs: entry.atMs, limits: effectiveLimits(scopes.global, scopes.own) });
  }
  return facts;
};
