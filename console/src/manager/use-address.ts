import { useNavigate, useSearch } from '@tanstack/react-router';

export const MAIN_DESK = 'main';

type Search = Readonly<Record<string, unknown>>;

/** What stands in the address behind the question mark, and how to change some of it: undefined takes it out. */
export const useAddress = (): [Search, (change: Search) => void] => {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (next: Search): void =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...next }), replace: true });
  return [search, change];
};

export const textIn = (search: Search, name: string): string | undefined => {
  const value = search[name];
  return typeof value === 'string' ? value : undefined;
};

export const useDeskId = (): string => textIn(useAddress()[0], 'desk') ?? MAIN_DESK;
