import * as z from 'zod';
import { type Line, lines } from '../desk/model.ts';
import { lazily } from '../platform/storage/stored-schema.ts';
import { SHOWN_MOVED } from './moved.ts';

const lineSeries = lazily(() =>
  z
    .object({
      arrivals: z.array(z.int()).meta({ description: 'Came into the line, from another line too.' }),
      waitingAtEnd: z.array(z.int()).meta({ description: 'Stood in the line as the step ended.' }),
      waitP95Sec: z.array(z.number().nullable()).meta({
        description: 'Of waits that ended in the step and began in this line; null where none did.',
      }),
      breaches: z
        .array(z.int())
        .meta({ description: "Waited beyond the line's limit: promoted to the urgent line, or overdue." }),
    })
    .meta({ id: 'LineSeries', description: 'One entry a step.' }),
);

const runSeries = lazily(() =>
  z.object(
    Object.fromEntries(lines.map((line) => [line, lineSeries()])) as Record<
      Line,
      ReturnType<typeof lineSeries>
    >,
  ),
);

const seriesView = lazily(() =>
  z
    .object({
      stepSec: z
        .int()
        .meta({ description: '900 up to seven days, else 3600. The last step may be shorter.' }),
      simulated: runSeries(),
      changed: runSeries().nullable(),
    })
    .meta({ id: 'ReplaySeries' }),
);

const fareView = lazily(() =>
  z
    .object({
      line: z.enum(lines).meta({ description: 'In which the wait began.' }),
      promoted: z.boolean().meta({ description: 'It had waited too long in the new line by then.' }),
      waitSec: z.number(),
      executorId: z.string().nullable().meta({ description: 'Null: it still waited as the time ended.' }),
      load: z
        .int()
        .nullable()
        .meta({ description: 'What that executor then had in hand, this one included.' }),
    })
    .meta({ id: 'ReplayFare', description: "A ticket's first wait." }),
);

const movedView = lazily(() =>
  z
    .object({
      tickets: z
        .array(
          z.object({
            ticketId: z.string(),
            simulated: fareView().nullable(),
            changed: fareView().nullable(),
            differenceSec: z.number().meta({ description: 'Negative: sooner under the limits asked for.' }),
          }),
        )
        .max(SHOWN_MOVED)
        .meta({ description: 'The largest differences first.' }),
      sooner: z.int(),
      later: z.int(),
    })
    .meta({ id: 'ReplayMoved' }),
);

/** What of a result is drawn: curves, and the tickets that fare differently. */
export const curvesView = lazily(() =>
  z.object({
    series: seriesView()
      .nullable()
      .meta({ description: 'Step by step from `from` on. Null for replays made before there was any.' }),
    moved: movedView().nullable().meta({
      description:
        'Tickets that wait longer or shorter under the limits asked for. Null where none were asked for.',
    }),
  }),
);
export type Curves = z.infer<ReturnType<typeof curvesView>>;
