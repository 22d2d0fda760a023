/** The demo's people at the desk `main`, through the public API as a manager would do it. Repeating it changes nothing. */
import { localToken, people } from './tokens.ts';

/** @param api the API's address. @param directory where the local signing key lies. */
export async function seed(api: string, directory: string): Promise<void> {
  const manager = people.manager;
  if (!manager) return;
  const token = await localToken(manager, { directory });
  const executors = Object.values(people).filter(({ roles }) => roles.includes('executor'));
  for (const { id, name } of executors) {
    const response = await fetch(`${api}/v1/executors/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, homeDeskId: 'main' }),
    });
    if (response.status >= 500) return console.error(`not seeded: ${response.status}`);
    if (!response.ok) throw new Error(`seeding ${name} failed: ${response.status} ${await response.text()}`);
  }
}
