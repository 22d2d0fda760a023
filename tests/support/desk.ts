import { limitSettings } from '../../lib/desk/catalogue.ts';
import { commitChange, executorChange, ticketChange } from '../../lib/desk/core/change.ts';
import { beatWrite, getExecutor } from '../../lib/desk/core/executor-repository.ts';
import { findLimits } from '../../lib/desk/core/limit-repository.ts';
import { getTicket } from '../../lib/desk/core/ticket-repository.ts';
import { limitsEvent } from '../../lib/desk/events.ts';
import { type Executor, type LimitValues, MAIN_DESK, type Ticket } from '../../lib/desk/model.ts';
import { SYSTEM_ACTOR } from '../../lib/platform/audit.ts';
import { instant } from '../../lib/platform/clock.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { settingsChange } from '../../lib/platform/settings/edit-settings.ts';
import { findSettings } from '../../lib/platform/settings/settings-repository.ts';
import { commit } from '../../lib/platform/storage/commit.ts';

/** A fresh desk id, so that tests in one database never meet. */
export const freshDesk = (rt: Runtime): string => rt.ids.next('dsk');

const newExecutor = (rt: Runtime, given: Partial<Executor>): Executor => ({
  id: rt.ids.next('usr'),
  name: 'Test executor',
  homeDeskId: MAIN_DESK,
  presence: 'online',
  epoch: 1,
  open: [],
  openUrgent: [],
  parked: [],
  rank: 0,
  missesRunning: 0,
  version: 1,
  ...given,
});

/** An executor on a desk with a heartbeat of now. */
export const addExecutor = async (rt: Runtime, given: Partial<Executor> = {}): Promise<Executor> => {
  const after = newExecutor(rt, given);
  const limits = await findLimits(rt, after.homeDeskId);
  const beat = { executorId: after.id, lastBeatAt: instant(rt.clock.nowMs()), watch: 'test' };
  await commitChange(rt, executorChange(rt, { before: undefined, after, limits }), {
    writes: [beatWrite(rt, beat)],
  });
  return after;
};

/** A heartbeat of now for each. */
export const beat = async (rt: Runtime, ...executorIds: readonly string[]): Promise<void> => {
  const lastBeatAt = instant(rt.clock.nowMs());
  for (const executorId of executorIds) {
    await commit(rt, { writes: [beatWrite(rt, { executorId, lastBeatAt, watch: 'test' })] });
  }
};

/** A ticket standing in a line, as if it had just come. */
export const addTicket = async (rt: Runtime, given: Partial<Ticket> = {}): Promise<Ticket> => {
  const at = instant(rt.clock.nowMs());
  const urgent = given.urgent ?? given.line === 'urgent';
  const after: Ticket = {
    id: rt.ids.next('tkt'),
    deskId: MAIN_DESK,
    clientId: rt.ids.next('usr'),
    state: 'waiting',
    promoted: false,
    line: urgent ? 'urgent' : 'new',
    orderedAt: at,
    waitingSince: at,
    heldBy: [],
    passedOver: {},
    createdAt: at,
    version: 1,
    ...given,
    urgent,
  };
  const limits = await findLimits(rt, after.deskId);
  await commitChange(rt, ticketChange(rt, { before: undefined, after, limits, at, cause: 'opened' }));
  return after;
};

/** Sets limits of one desk without going through HTTP. */
export const setLimits = async (rt: Runtime, deskId: string, change: Partial<LimitValues>): Promise<void> => {
  const seen = await findSettings(rt, limitSettings, deskId);
  const values = { ...seen.own.values, ...change };
  const by = { caller: SYSTEM_ACTOR, scopeId: deskId, values };
  const { version, writes } = settingsChange(rt, limitSettings, seen, by);
  await commit(rt, { writes, events: [limitsEvent({ deskId, version, values })] });
};

export const executorNow = async (rt: Runtime, executorId: string): Promise<Executor> =>
  (await getExecutor(rt, executorId)).executor;

export const ticketNow = (rt: Runtime, ticketId: string): Promise<Ticket> => getTicket(rt, ticketId);
