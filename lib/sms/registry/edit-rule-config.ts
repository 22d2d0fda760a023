import { permitted, type RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { recordedChange } from '../../platform/settings/edit-settings.ts';
import { differences } from '../../platform/settings/settings-change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { HolidaysDraft, HolidayTable, Hours, SmsSettings } from '../core/registry-model.ts';
import { findHolidayTable } from '../rule-config-history-repository.ts';
import { openRuleConfig } from '../rule-config-repository.ts';
import { presetsFromNow } from '../rules/bindings.ts';
import { nextDayEverywhere } from '../rules/groups.ts';
import { isLooserTable, tableInForce } from '../rules/holiday-tables.ts';
import { settingsInForce } from '../rules/settings.ts';
import { isWithin } from '../rules/strictness.ts';
import { smsSettings } from './sms-settings.ts';
import { mustMayLoosen } from './who-edits.ts';

const stale = (): AppError => new AppError('stale', 'stale', 'It was changed meanwhile.');

export interface SettingsEdit {
  readonly window: Hours;
  readonly ifMatch: number;
  readonly reason?: string | undefined;
}

/**
 * Sets the standard window. Entities with a wider one of their own are held to the narrower. One that does not lie within the one in
 * force is looser: two admins', who say why, from the first day on that has begun nowhere yet. Throws `stale`,
 * `looser-needs-admin` (403), `reason-required` (422).
 */
export const editSettings = (
  rt: Runtime,
  input: Actor & SettingsEdit & { permit: RequestPermit },
): Promise<SmsSettings> =>
  untilCommitted(rt, async () => {
    const { config, write } = await openRuleConfig(rt);
    const nowMs = rt.clock.nowMs();
    const before = settingsInForce(config.settings, nowMs);
    if (before.version !== input.ifMatch) throw stale();
    const looser = isWithin(input.window, before.window) ? [] : ['hours'];
    mustMayLoosen(looser, input);
    const next = { window: input.window, from: nextDayEverywhere(nowMs) };
    const version = before.version + 1;
    const settings: SmsSettings =
      looser.length > 0 ? { window: before.window, next, version } : { window: input.window, version };
    const changes = differences(smsSettings.names, before, settings);
    if (changes.length === 0) return before;
    const record = recordedChange(rt, smsSettings, { ...input, version, changes });
    const permit = permitted(looser.length > 0 ? await input.permit() : undefined);
    await commit(rt, {
      writes: [...write({ settings }), ...record.writes, ...permit.writes],
      events: [...record.events, ...permit.events],
    });
    return settings;
  });

const outsideYear = (draft: HolidaysDraft, year: number): string | undefined =>
  [...Object.keys(draft.holidays), ...draft.workdays].find((date) => !date.startsWith(`${year}-`));

const refuseStale = (before: HolidayTable | undefined, ifMatch: number | undefined): void => {
  if (before && ifMatch === undefined) {
    throw new AppError(
      'preconditionRequired',
      'if-match-required',
      'Say which version you change: If-Match.',
    );
  }
  if (ifMatch !== undefined && before?.version !== ifMatch) throw stale();
};

export interface HolidaysEdit {
  readonly country: string;
  readonly year: number;
  readonly draft: HolidaysDraft;
  readonly ifMatch?: number | undefined;
  readonly reason?: string | undefined;
}

/** The table that is stored: a looser draft waits beside what is in force, or for its day where the year has no table yet. */
const editedTable = (
  { country, year, draft }: HolidaysEdit,
  { before, version, from }: { before: HolidayTable | undefined; version: number; from: string | undefined },
): HolidayTable => {
  if (from === undefined) return { ...draft, country, year, version };
  if (!before) return { ...draft, country, year, from, version };
  const { next: _next, ...inForce } = before;
  return { ...inForce, next: { ...draft, from }, version };
};

/**
 * Replaces the holidays of a country and year. A table by which a law would allow an hour that it does not allow now is looser: two
 * admins', who say why, from the next day on. Messages deferred already are evaluated by the table in force when their moment comes.
 * Throws `stale`, `date-outside-year` (422), `looser-needs-admin` (403), `reason-required` (422).
 */
export const editHolidays = (
  rt: Runtime,
  input: Actor & HolidaysEdit & { permit: RequestPermit },
): Promise<HolidayTable> =>
  untilCommitted(rt, async () => {
    const { country, year, draft, ifMatch, reason } = input;
    const foreign = outsideYear(draft, year);
    if (foreign) throw new AppError('unprocessable', 'date-outside-year', `${foreign} is not in ${year}.`);
    const { config, write } = await openRuleConfig(rt);
    const latest = await findHolidayTable(rt, country, year);
    refuseStale(latest, ifMatch);
    const nowMs = rt.clock.nowMs();
    const before = latest && tableInForce(latest, nowMs);
    const laws = presetsFromNow(config.presets, nowMs).filter((law) => law.country === country);
    const looser = isLooserTable({ year, before, after: draft, laws });
    mustMayLoosen(looser ? ['holidays'] : [], input);
    const from = looser ? nextDayEverywhere(nowMs) : undefined;
    const table = editedTable(input, { before, version: (latest?.version ?? 0) + 1, from });
    const details = {
      from: before?.holidays ?? null,
      to: draft.holidays,
      workdays: draft.workdays,
      ...(from !== undefined && { inForceFrom: from, reason }),
    };
    const deed = { action: 'holidays.edited', subject: `holidays/${country}-${year}`, details };
    const permit = permitted(looser ? await input.permit() : undefined);
    await commit(rt, {
      writes: [...write({ holidays: table }), ...permit.writes],
      events: [audited(rt, input, deed), ...permit.events],
    });
    return table;
  });
