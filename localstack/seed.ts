/** The demo's people at the desk `main`, through the public API as a manager would do it. Repeating it changes nothing. */
import { localToken, type Person, people } from './tokens.ts';

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** @param api the API's address. @param directory where the local signing key lies. */
export async function seed(api: string, directory: string): Promise<void> {
  const token = await localToken(people.manager as Person, { directory });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask: Ask = (path, init = {}) => fetch(`${api}${path}`, { ...init, headers });
  const executors = Object.values(people).filter(({ roles }) => roles.includes('executor'));
  await Promise.all(executors.map((executor) => takeOn(ask, executor)));
}

async function takeOn(ask: Ask, { id, name }: Person): Promise<void> {
  const path = `/v1/executors/${id}`;
  const known = await ask(path);
  if (known.ok) return;
  const body = JSON.stringify({ name, homeDeskId: 'main' });
  const taken = known.status === 404 ? await ask(path, { method: 'PUT', body }) : known;
  if (!taken.ok) throw new Error(`seeding ${name}: ${taken.status} ${await taken.text()}`);
}
