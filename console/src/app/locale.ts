import { i18n, type Messages } from '@lingui/core';
import { store, stored } from './stored.ts';

export type Locale = 'en' | 'ru';

const KEY = 'rotadesk.locale';

const isLocale = (value: string | undefined): value is Locale => value === 'en' || value === 'ru';

/** Chosen in this browser, else the first of its languages that there is. */
export const preferredLocale = (): Locale => {
  const kept = stored(KEY);
  if (isLocale(kept)) return kept;
  const found = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale);
  return found ?? 'en';
};

const catalogues = import.meta.glob<{ readonly messages: Messages }>('/src/*/messages/*.po');

const ALWAYS: readonly string[] = ['app', 'parts'];
const loaded = new Set<string>();

/** Texts of the shell and of these modules. @param modules folder names under `src` */
export const loadLocale = async (locale: Locale, modules: readonly string[] = []): Promise<void> => {
  const wanted = [...ALWAYS, ...modules].map((name) => `/src/${name}/messages/${locale}.po`);
  const missing = wanted.filter((path) => !loaded.has(path) && catalogues[path]);
  const found = await Promise.all(missing.map((path) => catalogues[path]?.()));
  for (const catalogue of found) if (catalogue) i18n.load(locale, catalogue.messages);
  for (const path of missing) loaded.add(path);
  if (i18n.locale !== locale || missing.length > 0) i18n.activate(locale);
  document.documentElement.lang = locale;
};

export const chooseLocale = async (locale: Locale, modules: readonly string[]): Promise<void> => {
  store(KEY, locale);
  await loadLocale(locale, modules);
};
