// @pure

import { offsetMs } from './local-time.ts';

/** Of ECMAScript's Intl Locale Info, which the runtime has and the compiler's library does not yet. */
type LocaleWithZones = Intl.Locale & { getTimeZones?(): string[] };

const DAY_MS = 86_400_000;
/** Beyond the longest validity, so that zones which differ only later are distinguished too. */
const LOOK_AHEAD_DAYS = 45;

/**
 * Countries of libphonenumber that CLDR lists no zone for. Source: tz database, zone1970.tab and backward: Kosovo keeps
 * Belgrade's clock, Ascension and Tristan da Cunha that of St Helena.
 */
const MISSING_IN_CLDR: Readonly<Record<string, readonly string[]>> = {
  XK: ['Europe/Belgrade'],
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
};

/** Stands for the country of a number that belongs to none: satellite and international networks. */
export const NO_COUNTRY = 'ZZ';

const byCountry = new Map<string, readonly string[]>();
const grouped = new Map<string, readonly string[]>();

/** IANA zones in use in a country (ISO 3166-1), by the runtime's CLDR data. None for what is no country: no clock is known there. */
export const zonesOf = (country: string): readonly string[] => {
  const known = byCountry.get(country);
  if (known) return known;
  const locale = new Intl.Locale(
    `und-${/^[A-Z]{2}$/.test(country) ? country : NO_COUNTRY}`,
  ) as LocaleWithZones;
  const listed = locale.getTimeZones?.() ?? [];
  const zones = listed.length > 0 ? listed : (MISSING_IN_CLDR[country] ?? []);
  byCountry.set(country, zones);
  return zones;
};

/** The name the runtime knows a zone by: `Europe/Kyiv` and `Europe/Kiev` are one. */
const canonical = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

const zonesByName = new Map<string, ReadonlySet<string>>();

/** Whether a zone, by any of its names, is one of the country's. A name that is no zone is in no country. */
export const isZoneOf = (country: string, zone: string): boolean => {
  let names = zonesByName.get(country);
  if (!names) {
    names = new Set(zonesOf(country).map(canonical));
    zonesByName.set(country, names);
  }
  return names.has(zone) || (isZone(zone) && names.has(canonical(zone)));
};

const signature = (zone: string, today: number): string =>
  Array.from({ length: LOOK_AHEAD_DAYS }, (_, day) => offsetMs(zone, (today + day) * DAY_MS)).join();

/**
 * Zones of a country whose clocks differ at any time in the coming weeks: one of each group. Number → zone is not
 * safe (a Siberian mobile reads as Moscow in libphonenumber's table), so a message to somebody whose zone nobody
 * distinguished is held to all of them.
 */
export const differingZones = (country: string, nowMs: number): readonly string[] => {
  const today = Math.floor(nowMs / DAY_MS);
  const key = `${country}|${today}`;
  const known = grouped.get(key);
  if (known) return known;
  const groups = new Map<string, string>();
  for (const zone of zonesOf(country)) {
    const clocks = signature(zone, today);
    if (!groups.has(clocks)) groups.set(clocks, zone);
  }
  if (grouped.size >= 500) grouped.clear();
  const zones = [...groups.values()];
  grouped.set(key, zones);
  return zones;
};

/** By whose calendar days, weeks and months are counted where the zone is unknown; the capital's where one leads. */
const REFERENCE: Readonly<Record<string, string>> = {
  RU: 'Europe/Moscow',
  US: 'America/New_York',
  CA: 'America/Toronto',
  BR: 'America/Sao_Paulo',
  MX: 'America/Mexico_City',
  AU: 'Australia/Sydney',
  KZ: 'Asia/Almaty',
  ID: 'Asia/Jakarta',
};

export const referenceZone = (country: string): string => REFERENCE[country] ?? zonesOf(country)[0] ?? 'UTC';

export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
