/** The demo's people at the desk `main`, through the public API as a manager would do it. Repeating it changes nothing. */
import { type Ask, seedSms } from './seed-sms.ts';
import { localToken, type Person, people } from './tokens.ts';

export interface SeedOptions {
  /** Where the local signing key lies. */
  readonly directory: string;
  /** The sandbox SMS centre; none: no providers. */
  readonly sms?: string;
}

/** @param api the API's address. */
export async function seed(api: string, { directory, sms }: SeedOptions): Promise<void> {
  const token = await localToken(people.manager as Person, { directory });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask: Ask = (path, init = {}) =>
    fetch(`${api}${path}`, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
  const executors = Object.values(people).filter(({ roles }) => roles.includes('executor'));
  await Promise.all(executors.map((executor) => takeOn(ask, executor)));
  if (sms !== undefined) await seedSms(ask, sms);
}

async function takeOn(ask: Ask, { id, name }: Person): Promise<void> {
  const path = `/v1/executors/${id}`;
  const known = await ask(path);
  if (known.ok) return;
  const body = JSON.stringify({ name, homeDeskId: 'main' });
  const taken = known.status === 404 ? await ask(path, { method: 'PUT', body }) : known;
  if (!taken.ok) throw new Error(`seeding ${name}: ${taken.status} ${await taken.text()}`);
}
