/** The demo's people with their accounts, and at the desk `main` as a manager would take them on. Repeating it changes nothing. */
import { type Ask, askAs } from './ask-as.ts';
import { giveBackLimits } from './borrowed-limits.ts';
import { type Person, people } from './people.ts';
import { seedAccounts } from './seed-accounts.ts';
import { seedSms } from './seed-sms.ts';

export interface SeedOptions {
  /** Address of the stand-ins. */
  readonly aws: string;
  /** Where the local signing key lies. */
  readonly directory: string;
  /** The sandbox SMS centre; none: no providers. */
  readonly sms?: string;
}

/** @param api the API's address. */
export async function seed(api: string, { aws, directory, sms }: SeedOptions): Promise<void> {
  await seedAccounts(aws, Object.values(people));
  const [manager, admin] = await Promise.all([
    askAs(api, people.manager, directory),
    askAs(api, people.admin, directory),
  ]);
  if (await giveBackLimits(manager, directory))
    console.log('The limits that a demo had changed are given back.');
  const executors = (Object.values(people) as Person[]).filter(({ roles }) => roles.includes('executor'));
  await Promise.all(executors.map((executor) => takeOn(manager, executor)));
  if (sms !== undefined) await seedSms({ admin, manager }, sms);
}

const KNOWN_WITHIN_MS = 30_000;
const ASK_EVERY_MS = 250;

/** A fresh account reaches the desk by a queue: until then it is nobody's (422 `not-an-executor`). */
export async function untilKnown<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  const endMs = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const answer = await ask();
    if (answer.status !== 422 || Date.now() > endMs) return answer;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function takeOn(ask: Ask, { id, name }: Person): Promise<void> {
  const path = `/v1/executors/${id}`;
  const known = await ask(path);
  if (known.ok) return;
  const body = JSON.stringify({ name, homeDeskId: 'main' });
  const taken = known.status === 404 ? await untilKnown(() => ask(path, { method: 'PUT', body })) : known;
  if (!taken.ok) throw new Error(`seeding ${name}: ${taken.status} ${await taken.text()}`);
}
