import { findBoardFigures } from '../../desk/live-reader.ts';
import { instant, plusSeconds } from '../../platform/clock.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { claimBoard, releaseBoard } from '../core/board-repository.ts';
import { listSubscribers } from '../core/subscription-repository.ts';
import { boardDue } from '../internal-events.ts';
import { fanOut } from '../sending/fan-out.ts';

/** A board is sent so long after the first change that it shows: one frame a second at most, and none is the last but the true one. */
const AFTER_SEC = 1;
/** Whoever was to send it and did not come to it is given up on. */
const GIVEN_UP_AFTER_SEC = 10;

/** A desk has changed: its board is sent in a moment, if anybody follows it and it is not on its way. */
export const touchBoard = async (rt: Runtime, deskId: string): Promise<void> => {
  const { items } = await listSubscribers(rt, `board:${deskId}`, { limit: 1 });
  if (items.length === 0) return;
  const now = instant(rt.clock.nowMs());
  const until = plusSeconds(now, GIVEN_UP_AFTER_SEC);
  if (!(await claimBoard(rt, deskId, { now, until }))) return;
  await sendReminders(rt, [boardDue.draft({ deskId }, { deliverAt: plusSeconds(now, AFTER_SEC) })]);
};

/** Sends the figures of now. Released first: what changes while they are read is sent once more. */
export const sendBoard = async (rt: Runtime, { data }: EventOf<typeof boardDue>): Promise<void> => {
  const { deskId } = data;
  await releaseBoard(rt, deskId);
  const { items } = await listSubscribers(rt, `board:${deskId}`, { limit: 1 });
  if (items.length === 0) return;
  const board = await findBoardFigures(rt, deskId);
  await fanOut(rt, `board:${deskId}`, () => ({ type: 'board', topic: `board:${deskId}`, board }));
};
