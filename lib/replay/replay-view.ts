import * as z from 'zod';
import { deskIdSchema } from '../desk/model.ts';
import { fairnessView, type LimitName, limitSettings } from '../desk/rules.ts';
import { idPattern } from '../platform/ids.ts';
import { numberSchema } from '../platform/settings/define-settings.ts';
import { lazily } from '../platform/storage/stored-schema.ts';
import { curvesView } from './curves-view.ts';

export const replayIdSchema = z.string().regex(idPattern('rpl')).meta({ id: 'ReplayId' });

/** Settings that a simulated day depends on. Heartbeats are not in the journal, and what people and clients did is given. */
export const tried = [
  'maxTicketsPerExecutor',
  'maxUrgentTicketsPerExecutor',
  'maxWaitSec',
  'maxUrgentWaitSec',
  'maxReconnectWaitSec',
  'passedOverAfterMissSec',
  'passedOverAfterDeclineSec',
] as const satisfies readonly LimitName[];

const inRange = (name: LimitName) => numberSchema(limitSettings.settings[name]).optional();

const triedLimits = z
  .strictObject(
    Object.fromEntries(tried.map((name) => [name, inRange(name)])) as Record<
      (typeof tried)[number],
      ReturnType<typeof inRange>
    >,
  )
  .meta({ id: 'TriedLimits' });

export const replayRequest = z.strictObject({
  deskId: deskIdSchema.default('main'),
  from: z.iso.datetime({ offset: true }).meta({ description: 'At most 90 days ago.' }),
  to: z.iso
    .datetime({ offset: true })
    .meta({ description: 'Not in the future, and at most 31 days after from.' }),
  limits: triedLimits.optional().meta({ description: 'Limits to simulate; all others stay as they were.' }),
});
export type ReplayRequest = z.infer<typeof replayRequest>;

const waitStats = z
  .object({
    count: z.int(),
    meanSec: z.number(),
    p50Sec: z.number(),
    p95Sec: z.number(),
    maxSec: z.number(),
  })
  .meta({ id: 'Waits', description: 'Waits that ended with an assignment, from entering a line.' });

const outcomeView = lazily(() =>
  z
    .object({
      waits: waitStats,
      waitsByLine: z.object({ orphaned: waitStats, urgent: waitStats, new: waitStats }),
      assigned: z.int(),
      assignedByPeople: z.int(),
      promoted: z.int().meta({ description: 'Waited too long in the new line.' }),
      overdue: z.int().meta({ description: 'Waited too long after that, as an urgent one or as an orphan.' }),
      missed: z.int().meta({ description: 'Not accepted in time.' }),
      closed: z.int(),
      waitingAtEnd: z.int(),
      heldAtEnd: z.int(),
      fairness: fairnessView(),
    })
    .meta({ id: 'ReplayOutcome' }),
);

const differenceView = lazily(() =>
  z.object({
    number: z.int(),
    ticketId: z.string(),
    executorId: z.string(),
    replayedExecutorId: z.string().nullable(),
    replayedNumber: z.int().nullable(),
  }),
);

const decisionCheckView = lazily(() =>
  z.object({
    plans: z.int(),
    replayed: z.int(),
    same: z.int(),
    notCarriedOut: z.int().meta({ description: 'Planned, but somebody else was faster: planned again.' }),
    different: z.array(differenceView()).meta({ description: 'The first of them; there should be none.' }),
    differentCount: z.int(),
    withoutInput: z.int(),
  }),
);

export const replayResult = z.object({
  decisions: decisionCheckView().meta({
    description: 'Every plan of the time made again from what the planner saw, under the limits it had.',
  }),
  happened: outcomeView().meta({ description: 'As recorded.' }),
  simulated: outcomeView().meta({ description: "Lived again under the time's own limits." }),
  changed: outcomeView().nullable().meta({ description: 'Lived again under the limits asked for.' }),
  simulatedSame: z
    .object({ same: z.int(), of: z.int() })
    .meta({ description: 'Assignments that the simulation under own limits gave to the same executor.' }),
  notes: z.object({
    facts: z.int(),
    lookBackHours: z.number().meta({ description: 'How far before from the start is made up from.' }),
    waitingAtStart: z.int(),
    heldAtStart: z.int(),
    executorsFromPlans: z.int().meta({
      description: 'Known only because a plan was given them: their load at the start is not known.',
    }),
    guessedDurations: z
      .int()
      .meta({ description: 'Assigned under the requested limits, never on the day: the median was taken.' }),
    unreadable: z.int(),
  }),
});
export type ReplayResult = z.infer<typeof replayResult>;

/** With what is drawn of it. */
const shownResult = lazily(() => replayResult.extend(curvesView().shape).meta({ id: 'ReplayResult' }));

export const replayStates = ['queued', 'running', 'done', 'failed'] as const;

export const replayView = lazily(() =>
  z
    .object({
      replayId: replayIdSchema,
      deskId: deskIdSchema,
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      limits: triedLimits,
      state: z.enum(replayStates),
      requestedAt: z.iso.datetime(),
      finishedAt: z.iso.datetime().nullable(),
      result: shownResult().nullable(),
      problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
    })
    .meta({ id: 'Replay' }),
);
export type ReplayView = z.infer<ReturnType<typeof replayView>>;
