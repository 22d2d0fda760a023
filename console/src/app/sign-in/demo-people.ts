/** The demo's accounts, which the local run alone serves: a deployed installation answers 404 and shows none. */
export interface DemoPerson {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

export const loadDemoPeople = async (): Promise<readonly DemoPerson[]> => {
  const response = await fetch('/demo/people', { headers: { accept: 'application/json' } });
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return [];
  const { items } = (await response.json()) as { readonly items?: readonly DemoPerson[] };
  return items ?? [];
};

/** The answer sets the session's cookie. */
export const signInAsDemo = async (name: string): Promise<void> => {
  const response = await fetch('/demo/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Session': 'cookie' },
    body: JSON.stringify({ name }),
  });
  if (!response.ok) throw new Error(`demo sign-in: ${response.status}`);
};
