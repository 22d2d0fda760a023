import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { openBook } from '../repository/book.ts';
import { findHolidayTable } from '../repository/book-history.ts';
import { nextDayEverywhere } from '../rules/group-rules.ts';
import { isWithin } from '../rules/looser-rules.ts';
import { settingsInForce } from '../rules/settings-rules.ts';
import { audited, type By } from './by.ts';
import type { HolidayTable, Hours, SmsSettings } from './model.ts';
import { mustMayLoosen } from './who-edits.ts';

const stale = (): AppError => new AppError('stale', 'stale', 'It was changed meanwhile.');

/**
 * Sets the standard window. Entities with a wider one of their own are held to the narrower. One that does not lie within the one in
 * force is looser: an admin's, who says why, from the first day on that has begun nowhere yet. Throws `stale`,
 * `looser-needs-admin` (403), `reason-required` (422).
 */
export const editSettings = (
  rt: Runtime,
  input: By & { window: Hours; ifMatch: number; reason?: string | undefined },
): Promise<SmsSettings> =>
  untilCommitted(rt, async () => {
    const { book, write } = await openBook(rt);
    const nowMs = rt.clock.nowMs();
    const before = settingsInForce(book.settings, nowMs);
    if (before.version !== input.ifMatch) throw stale();
    const looser = isWithin(input.window, before.window) ? [] : ['hours'];
    mustMayLoosen(looser, input);
    const next = { window: input.window, from: nextDayEverywhere(nowMs) };
    const version = before.version + 1;
    const settings: SmsSettings =
      looser.length > 0 ? { window: before.window, next, version } : { window: input.window, version };
    const details = { from: before, to: settings, reason: input.reason };
    const deed = { action: 'sms-settings.edited', subject: 'sms-settings/window', details };
    await commit(rt, { writes: write({ settings }), events: [audited(rt, input, deed)] });
    return settings;
  });

export type HolidaysDraft = Pick<HolidayTable, 'holidays' | 'workdays' | 'source' | 'unconfirmed'>;

const outsideYear = (draft: HolidaysDraft, year: number): string | undefined =>
  [...Object.keys(draft.holidays), ...draft.workdays].find((date) => !date.startsWith(`${year}-`));

/**
 * Replaces the holidays of a country and year. Throws `stale`, `date-outside-year` (422).
 * Messages deferred already are judged by the new table when their moment comes.
 */
export const editHolidays = (
  rt: Runtime,
  input: By & { country: string; year: number; draft: HolidaysDraft; ifMatch: number | undefined },
): Promise<HolidayTable> =>
  untilCommitted(rt, async () => {
    const { country, year, draft, ifMatch } = input;
    const foreign = outsideYear(draft, year);
    if (foreign) throw new AppError('unprocessable', 'date-outside-year', `${foreign} is not in ${year}.`);
    const { write } = await openBook(rt);
    const before = await findHolidayTable(rt, country, year);
    if (before && ifMatch === undefined) {
      throw new AppError(
        'preconditionRequired',
        'if-match-required',
        'Say which version you change: If-Match.',
      );
    }
    if (ifMatch !== undefined && before?.version !== ifMatch) throw stale();
    const table: HolidayTable = { ...draft, country, year, version: (before?.version ?? 0) + 1 };
    const details = { from: before?.holidays ?? null, to: table.holidays, workdays: table.workdays };
    const deed = { action: 'holidays.edited', subject: `holidays/${country}-${year}`, details };
    await commit(rt, { writes: write({ holidays: table }), events: [audited(rt, input, deed)] });
    return table;
  });
