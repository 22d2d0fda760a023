/** The way out to other companies' HTTP APIs, guarded (`pinned-fetch.ts`); the shape of the global `fetch`. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;
