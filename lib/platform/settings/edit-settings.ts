import { type Actor, auditEvent } from '../audit.ts';
import { type Instant, instant } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { EventDraft } from '../events/event.ts';
import type { Runtime } from '../runtime.ts';
import { commit } from '../storage/commit.ts';
import { untilCommitted } from '../storage/until-committed.ts';
import type { Write } from '../storage/write.ts';
import { type GlobalSettings, inForce, type Settings } from './define-settings.ts';
import {
  changeSettings,
  differences,
  type SettingsChange,
  type SettingsDecision,
} from './settings-change.ts';
import {
  findPairGuards,
  findSettings,
  type Named,
  recordsOf,
  type Scopes,
  type SettingsRecord,
  settingsWrites,
} from './settings-repository.ts';
import { mustMayChange } from './who-changes.ts';

/** The origin is absent when it was no HTTP request. */
type Editor = Pick<Actor, 'caller'> & { readonly origin?: Actor['origin'] | undefined };

type RecordedChange = Omit<SettingsRecord, 'actorId' | 'at'> & { readonly at?: Instant };

/** A change that was checked and is about to be committed. */
export interface Changed<V> {
  readonly scopeId: string | undefined;
  readonly version: number;
  /** The scope's own values afterwards. */
  readonly values: Partial<V>;
  /** What is in force then. */
  readonly inForce: V;
}

/** What a module adds to a change of its settings. */
export interface SettingsHooks<V> {
  /** What else belongs to the commit; or throws, for what cannot be so. */
  readonly also?: (
    rt: Runtime,
    changed: Changed<V>,
    by: Editor,
  ) => Promise<{ readonly writes?: readonly Write[]; readonly events?: readonly EventDraft[] }>;
}

export interface EditSettings<V> extends Editor {
  readonly change: SettingsChange<V>;
  readonly ifMatch: number;
}

/** The version whoever changes a scope must have seen: of the newest change that concerns it. */
export const versionOf = <V>({ global, own }: Scopes<V>, scopeId: string | undefined): number =>
  scopeId === undefined ? global.version : inForce(global, own).version;

const brokenPair = (
  { name, numbersAs }: Settings<unknown>,
  { pair: [low, high], scopeId }: Extract<SettingsDecision<unknown>, { kind: 'broken-pair' }>,
): AppError => {
  const where = scopeId === undefined ? 'globally' : `on ${scopeId}`;
  return new AppError('unprocessable', `${name}-pair`, `${low} would be above ${high} ${where}.`, {
    details: [{ path: `body.${numbersAs}.${low}`, message: `is above ${high} ${where}` }],
  });
};

/** Later than the newest change, whatever this machine's clock says: the history is in order of time as well. */
const changeInstant = (rt: Runtime, { changedAt = '' }: GlobalSettings<unknown>): Instant => {
  const now = instant(rt.clock.nowMs());
  return now > changedAt ? now : changedAt;
};

/** The entry of a change in the history and in the audit log, for one that its module keeps somewhere else itself. */
export const recordedChange = (
  rt: Runtime,
  settings: Named,
  { caller, origin, at = instant(rt.clock.nowMs()), ...entry }: Editor & RecordedChange,
) => {
  const { version, scopeId, changes, reason } = entry;
  const record = { version, at, actorId: caller.id, scopeId, reason, changes };
  const audit = auditEvent(rt, {
    actor: caller,
    action: `${settings.name}.changed`,
    subject: `settings/${settings.name}${scopeId === undefined ? '' : `/${scopeId}`}`,
    details: { version, changes, ...(reason !== undefined && { reason }) },
    ...(origin && { origin }),
  });
  return { writes: [recordsOf(settings).putNew(rt, record)], events: [audit] };
};

/** Writes and audit entry of a change that was checked, with its entry in the history. */
export const settingsChange = <V extends object>(
  rt: Runtime,
  settings: Settings<V>,
  seen: Scopes<V>,
  { scopeId, values, caller, origin }: Editor & { scopeId?: string | undefined; values: Partial<V> },
) => {
  const version = seen.global.sequence + 1;
  const changes = differences(
    settings.names,
    scopeId === undefined ? seen.global.values : seen.own.values,
    values,
  );
  const at = changeInstant(rt, seen.global);
  const record = recordedChange(rt, settings, { version, at, scopeId, changes, caller, origin });
  const writes = settingsWrites(rt, settings, seen, { version, at, scopeId, values });
  return { version, writes: [...writes, ...record.writes], events: record.events };
};

/**
 * Changes everybody's values or those of one scope, in force with the commit; answers both as they are then. Throws `stale` when the
 * scope is not at `ifMatch`, `<name>-pair` (422) naming the scope whose pair would break, those of `mustMayChange` and of the hooks.
 */
export const editSettings = <V extends object>(
  rt: Runtime,
  settings: Settings<V>,
  { change, ifMatch, ...by }: EditSettings<V>,
  { also }: SettingsHooks<V> = {},
): Promise<Scopes<V>> =>
  untilCommitted(rt, async () => {
    const { scopeId } = change;
    mustMayChange(by.caller, settings, Object.keys(change.values));
    const seen = await findSettings(rt, settings, scopeId);
    // Read after the sequence: whatever changed since then, the commit is held to it.
    const guards = scopeId === undefined ? await findPairGuards(rt, settings) : [];
    if (versionOf(seen, scopeId) !== ifMatch) {
      throw new AppError('stale', 'stale', 'The settings were changed meanwhile.');
    }
    const decision = changeSettings(settings, { ...seen, guards }, change);
    if (decision.kind === 'broken-pair') throw brokenPair(settings, decision);
    if (decision.kind === 'unchanged') return seen;
    const { values } = decision;
    const { version, writes, events } = settingsChange(rt, settings, seen, { ...by, scopeId, values });
    const after: Scopes<V> =
      scopeId === undefined
        ? { ...seen, global: { ...seen.global, version, values: { ...seen.global.values, ...values } } }
        : { ...seen, own: { version, values } };
    const changed = { scopeId, version, values, inForce: inForce(after.global, after.own) };
    const more = await also?.(rt, changed, by);
    await commit(rt, {
      writes: [...writes, ...(more?.writes ?? [])],
      events: [...(more?.events ?? []), ...events],
    });
    return after;
  });
