import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { limitSettings } from '../catalogue.ts';
import { rosterLists } from '../core/executor.ts';
import { executorView } from '../executors/presence-view.ts';
import { deskIdSchema, lines } from '../model.ts';
import { countView } from '../waiting/wait-view.ts';
import { fairnessView } from './fairness.ts';

const lineView = lazily(() =>
  z.object({
    line: z.enum(lines),
    waiting: countView(),
    head: z
      .object({ ticketId: z.string(), orderedAt: z.iso.datetime(), waitingSince: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The one that is served first.' }),
    headWaitSec: z
      .number()
      .nullable()
      .meta({ description: 'How long the first one has been waiting this time.' }),
  }),
);

const decisionView = lazily(() =>
  z.object({
    at: z.iso.datetime(),
    ticketId: z.string(),
    executorId: z.string(),
    rule: z.enum(['plan', 'manual', 'transfer', 'reassign']),
    number: z.int().nullable(),
    overCap: z.boolean(),
  }),
);

const alertView = lazily(() =>
  z.object({
    kind: z.literal('overdue'),
    at: z.iso.datetime(),
    ticketId: z.string(),
    line: z.enum(lines),
    urgent: z.boolean(),
    waitingSince: z.iso.datetime(),
  }),
);

export const boardView = lazily(() =>
  z.object({
    deskId: deskIdSchema,
    name: z.string(),
    at: z.iso.datetime(),
    lines: z.array(lineView()),
    roster: z.object(Object.fromEntries(rosterLists.map((list) => [list, countView()]))).meta({
      description: 'Executors by where they stand: room for all, ordinary room, full, then the absent.',
    }),
    executors: z
      .array(executorView())
      .meta({ description: 'The first eight on the roster; `GET /v1/executors` lists them all.' }),
    limits: z.object({
      version: z.int(),
      values: z.object(Object.fromEntries(limitSettings.names.map((name) => [name, z.number()]))),
    }),
    decisions: z.array(decisionView()).meta({ description: 'The newest first.' }),
    alerts: z.array(alertView()).meta({ description: 'The newest first.' }),
    fairness: fairnessView().meta({
      description:
        "The last 200 numbers of the dispatcher's sequence, counted for those online now, up to 100 of each list of the roster: " +
        'someone who has just come pulls it down.',
    }),
  }),
);
export type BoardView = z.infer<ReturnType<typeof boardView>>;
