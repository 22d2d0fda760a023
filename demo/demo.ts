/**
 * `npm run demo`: simulated clients and executors at the desk `main`, through the public API, and a board.
 * Uses the product that runs, or starts one. Ctrl-C (or --seconds) ends it; the workload is left clear.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { boardLine, boardLines } from './board.ts';
import { waitSec } from './chance.ts';
import { duration, paintIn } from './paint.ts';
import { MOST_EXECUTORS } from './people.ts';
import { openProduct } from './product.ts';
import { Screen } from './screen.ts';
import { Workload, type WorkloadOptions } from './workload.ts';

const USAGE = `npm run demo -- [options]
  --executors 5     people at the desk, up to ${MOST_EXECUTORS}
  --rate 30         messages a minute
  --urgent 0.15     share of urgent ones
  --seconds 60      end after so long (else by Ctrl-C)
  --keep-limits     do not make the desk's limits brisk for the time of the demo
  --plain           one line every two seconds instead of a board`;

const number = (text: string, name: string, [least, most]: readonly [number, number]): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} must be a number from ${least} to ${most}\n\n${USAGE}`);
};

const LIMITS_CHANGE =
  'The desk main has brisk limits for the time of the demo, and its own again at the end (after a crash: when something starts next).';

const FOREVER_SEC = 2_000_000;

const options = (): WorkloadOptions & { seconds: number; plain: boolean; help: boolean } => {
  const { values } = parseArgs({
    options: {
      executors: { type: 'string', default: '5' },
      rate: { type: 'string', default: '30' },
      urgent: { type: 'string', default: '0.15' },
      seconds: { type: 'string', default: String(FOREVER_SEC) },
      'keep-limits': { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    executors: Math.round(number(values.executors, 'executors', [1, MOST_EXECUTORS])),
    rate: number(values.rate, 'rate', [0.1, 6000]),
    urgentShare: number(values.urgent, 'urgent', [0, 1]),
    seconds: number(values.seconds, 'seconds', [1, FOREVER_SEC]),
    keepLimits: values['keep-limits'],
    plain: values.plain || !process.stdout.isTTY,
    help: values.help,
  };
};

const DRAW_EVERY_SEC = 0.5;
const TELL_EVERY_SEC = 2;

const drawBoard = async (workload: Workload, signal: AbortSignal): Promise<void> => {
  const screen = new Screen(process.stdout);
  const paint = paintIn(true);
  try {
    do {
      const view = await workload.board();
      if (view) screen.draw(boardLines({ view, story: workload.story, paint, ...screen.size }));
    } while (await waitSec(DRAW_EVERY_SEC, signal));
  } finally {
    screen.close();
  }
};

const tellBoard = async (workload: Workload, signal: AbortSignal): Promise<void> => {
  do {
    const view = await workload.board();
    for (const text of workload.story.takeNews()) console.log(`          ${text}`);
    if (view) console.log(boardLine({ view, story: workload.story }));
  } while (await waitSec(TELL_EVERY_SEC, signal));
};

const summary = ({ story }: Workload): string => {
  const waits = [0.5, 0.95].map((share) => story.waitSec(share));
  const [half, most] = waits.map((sec) => (sec === undefined ? '–' : duration(sec)));
  const words = [
    'written',
    'urgent',
    'accepted',
    'replied',
    'answered',
    'declined',
    'parked',
    'closed',
  ] as const;
  const counts = words.map((word) => `${story.count(word)} ${word}`).join(', ');
  return (
    `In ${duration(story.ranSec)}: ${counts}.\n` +
    `${story.count('dropped out')} drop-outs, ${story.count('moved away')} acts too late (409). ` +
    `Wait until assigned: p50 ${half}, p95 ${most}.` +
    (story.count('unexpected') > 0 ? `\n${story.count('unexpected')} unexpected answers.` : '')
  );
};

const main = async (): Promise<number> => {
  const given = options();
  if (given.help) {
    console.log(USAGE);
    return 0;
  }
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
  const product = await openProduct((text) => console.error(text), asked.signal);
  const workload = new Workload(product, given);
  try {
    if (!given.keepLimits) console.error(LIMITS_CHANGE);
    await workload.open();
    const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(given.seconds * 1000)]);
    await (given.plain ? tellBoard(workload, signal) : drawBoard(workload, signal));
  } finally {
    console.error('Clearing the workload …');
    await workload.clear();
    await product.stop();
  }
  console.log(summary(workload));
  return workload.story.count('unexpected') > 0 ? 1 : 0;
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
