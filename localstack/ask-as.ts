import type { Person } from './people.ts';
import { localToken } from './tokens.ts';

/** A request to the product's API in somebody's name. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** @param directory where the local signing key lies. */
export async function askAs(api: string, person: Person, directory: string): Promise<Ask> {
  const token = await localToken(person, { directory });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (path, init = {}) =>
    fetch(`${api}${path}`, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
}
