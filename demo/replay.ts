/**
 * `npm run replay -- --from 1h --set maxTicketsPerExecutor=3`: replays the past of a desk of the running product and
 * prints what was beside what would have been.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { ReplayResult, ReplayView } from '../lib/replay/replay-view.ts';
import { people } from '../localstack/people.ts';
import { Api } from './api.ts';
import { waitSec } from './chance.ts';
import { paintIn } from './paint.ts';
import { running } from './product.ts';
import { replayText } from './replay-table.ts';

const USAGE = `npm run replay -- [options]
  --desk main       the desk
  --from 1h         an instant (2026-11-22T08:00:00Z), or so long ago (90m, 1h, 7d)
  --to now          the same
  --set name=value  what if this limit had been in force; may be given several times:
                    maxTicketsPerExecutor, maxUrgentTicketsPerExecutor, maxWaitSec, maxUrgentWaitSec, maxReconnectWaitSec
  --json            the result as the API gives it`;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LOOK_EVERY_SEC = 0.3;
const WITHIN_MS = 120_000;

class Misuse extends Error {}

const moment = (text: string): string => {
  if (text === 'now') return new Date().toISOString();
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const isIso = /^\d{4}-\d\d-\d\dT/.test(text);
  const atMs = isIso ? Date.parse(text) : Date.now() - Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
  if (!Number.isFinite(atMs)) throw new Misuse(`${text} is no instant\n\n${USAGE}`);
  return new Date(atMs).toISOString();
};

const setting = (text: string): [string, number] => {
  const [name = '', value = ''] = text.split('=');
  if (!name || !/^\d+$/.test(value)) throw new Misuse(`--set ${text}: name=number is wanted\n\n${USAGE}`);
  return [name, Number(value)];
};

const options = () => {
  const { values } = parseArgs({
    options: {
      desk: { type: 'string', default: 'main' },
      from: { type: 'string', default: '1h' },
      to: { type: 'string', default: 'now' },
      set: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
};

interface Problem {
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const ask = async (api: Api, body: object): Promise<ReplayView> => {
  const answer = await api.ask<ReplayView & Problem>('POST /v1/replays', { body });
  if (answer.ok) return answer.body;
  const { detail = `answered ${answer.status}`, errors = [] } = answer.body;
  throw new Misuse([detail, ...errors.map(({ path, message }) => `  ${path}: ${message}`)].join('\n'));
};

const untilDone = async (api: Api, asked: ReplayView): Promise<ReplayView & { result: ReplayResult }> => {
  const signal = AbortSignal.timeout(WITHIN_MS);
  do {
    const { body } = await api.ask<ReplayView>(`GET /v1/replays/${asked.replayId}`);
    if (body.state === 'failed') throw new Error(body.problem?.detail ?? 'the replay failed');
    if (body.result) return { ...body, result: body.result };
  } while (await waitSec(LOOK_EVERY_SEC, signal));
  throw new Error(`not done within ${WITHIN_MS / 1000} s: GET /v1/replays/${asked.replayId} has it later`);
};

const main = async (): Promise<void> => {
  const given = options();
  if (given.help) {
    console.log(USAGE);
    return;
  }
  const base = await running();
  if (!base) throw new Error('Nothing runs here: npm start (or npm run demo) first.');
  const api = new Api(base.api, people.manager);
  const body = {
    deskId: given.desk,
    from: moment(given.from),
    to: moment(given.to),
    ...(given.set.length > 0 && { limits: Object.fromEntries(given.set.map(setting)) }),
  };
  const done = await untilDone(api, await ask(api, body));
  console.log(given.json ? JSON.stringify(done, null, 2) : replayText(done, paintIn(process.stdout.isTTY)));
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Misuse ? 2 : 1;
});
