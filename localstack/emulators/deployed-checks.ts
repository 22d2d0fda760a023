/** What `npm run deploy:ministack -- --once` looks at once all stacks are there. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runStacks, type StackRun } from '../../scripts/stacks/run-stacks.ts';
import { type PersonName, people } from '../people.ts';
import { localToken } from '../tokens.ts';

const WITHIN_MS = 60_000;
const ASK_EVERY_MS = 200;

async function askApi(api: string, name: PersonName, path: string, body?: { method: string; json: object }) {
  const answer = await fetch(`${api}${path}`, {
    method: body?.method ?? 'GET',
    headers: {
      authorization: `Bearer ${await localToken(people[name])}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: body ? JSON.stringify(body.json) : null,
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(ASK_EVERY_MS);
  }
  throw new Error(`${what}: not within ${WITHIN_MS / 1000} s`);
}

/** The README's: an executor comes online, a client writes, the executor has the ticket. @returns its id */
export async function example(api: string): Promise<string> {
  const presence = { method: 'PUT', json: { presence: 'online' } };
  await askApi(api, 'executor-1', '/v1/executors/me/presence', presence);
  await askApi(api, 'client', '/v1/messages', { method: 'POST', json: { text: 'The heating is cold.' } });
  return until('the executor’s ticket', async () => {
    const { items } = (await askApi(api, 'executor-1', '/v1/tickets?held=now')) as {
      items: { ticketId: string }[];
    };
    return items[0]?.ticketId;
  });
}

/** What the desk does is in the audit log, whose queue and table are another stack's. @returns how many entries */
export const receivesFromOtherStacks = (api: string): Promise<number> =>
  until('the desk’s entries in the audit log', async () => {
    const { items } = (await askApi(api, 'admin', '/v1/audit')) as { items: { action: string }[] };
    const ofDesk = items.filter(({ action }) => action.startsWith('executor.'));
    return ofDesk.length > 0 ? ofDesk.length : undefined;
  });

const CHANGED = 'audit';

interface Deployed {
  readonly awsUrl: string;
  readonly region: string;
  readonly stacks: Omit<StackRun, 'command'>;
}

/** The log level of a function of the module, as Lambda has it. */
async function logLevel({ awsUrl }: Deployed): Promise<string> {
  const path = `/2015-03-31/functions/rotadesk-local-${CHANGED}-http/configuration`;
  const answer = await fetch(`${awsUrl}${path}`);
  const { Environment } = (await answer.json()) as { Environment: { Variables: { LOG_LEVEL: string } } };
  return Environment.Variables.LOG_LEVEL;
}

async function expectLevel(deployed: Deployed, level: string): Promise<void> {
  const found = await logLevel(deployed);
  if (found !== level) throw new Error(`${CHANGED} has the log level ${found} and not ${level}`);
}

/** One module is deployed with another setting, alone, and taken back. @throws Error when either changes nothing. */
export async function changeOneModule(deployed: Deployed): Promise<void> {
  const { stacks } = deployed;
  const one = { ...stacks, modules: [CHANGED] };
  await expectLevel(deployed, 'INFO');
  await runStacks({ ...one, command: 'deploy', options: [...stacks.options, '--param=logLevel=DEBUG'] });
  await expectLevel(deployed, 'DEBUG');
  await runStacks({ ...one, command: 'rollback' });
  await expectLevel(deployed, 'INFO');
}
