import { store, stored } from './stored.ts';
import { valueStore } from './value-store.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'rotadesk.theme';
const CANVAS = { light: '#f3f4f6', dark: '#0e1013' } as const;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const isTheme = (value: unknown): value is Theme =>
  value === 'light' || value === 'dark' || value === 'system';

const kept = stored(KEY);
export const theme = valueStore<Theme>(isTheme(kept) ? kept : 'system');

const apply = (): void => {
  const wanted = theme.get();
  const shown = wanted === 'system' ? (prefersDark.matches ? 'dark' : 'light') : wanted;
  document.documentElement.dataset.theme = shown;
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', CANVAS[shown]);
};

prefersDark.addEventListener('change', apply);
apply();

export const chooseTheme = (next: Theme): void => {
  store(KEY, next === 'system' ? undefined : next);
  theme.set(next);
  apply();
};
