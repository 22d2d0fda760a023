import type { LimitName, LimitValues, TriedName } from '../types.ts';

interface Setting {
  readonly name: LimitName;
  readonly unit: 'count' | 'seconds' | 'percent';
  readonly least: number;
  readonly most: number;
}

const WEEK = 604_800;

/** The limits as they are shown, with the range that the API takes. */
export const settings: readonly Setting[] = [
  { name: 'maxTicketsPerExecutor', unit: 'count', least: 1, most: 200 },
  { name: 'maxUrgentTicketsPerExecutor', unit: 'count', least: 1, most: 200 },
  { name: 'maxWaitSec', unit: 'seconds', least: 5, most: WEEK },
  { name: 'maxUrgentWaitSec', unit: 'seconds', least: 5, most: WEEK },
  {
    name: 'maxReconnectWaitSec',
    unit: 'seconds',
    least: 5,
    most: WEEK,
  },
  {
    name: 'passedOverAfterMissSec',
    unit: 'seconds',
    least: 1,
    most: 900,
  },
  {
    name: 'passedOverAfterDeclineSec',
    unit: 'seconds',
    least: 1,
    most: 900,
  },
  { name: 'missesUntilAway', unit: 'count', least: 1, most: 20 },
  { name: 'heartbeatPeriodSec', unit: 'seconds', least: 1, most: 300 },
  { name: 'missedHeartbeats', unit: 'count', least: 1, most: 20 },
  { name: 'waitWarningPercent', unit: 'percent', least: 1, most: 99 },
  {
    name: 'closeUnansweredSec',
    unit: 'seconds',
    least: 60,
    most: 2_592_000,
  },
  { name: 'urgentMessagesPerDay', unit: 'count', least: 0, most: 100 },
  { name: 'notUrgentHoldSec', unit: 'seconds', least: 0, most: WEEK },
  { name: 'estimateMinIntervals', unit: 'count', least: 5, most: 199 },
];

const TRIED: readonly LimitName[] = [
  'maxTicketsPerExecutor',
  'maxUrgentTicketsPerExecutor',
  'maxWaitSec',
  'maxUrgentWaitSec',
  'maxReconnectWaitSec',
  'passedOverAfterMissSec',
  'passedOverAfterDeclineSec',
] satisfies readonly TriedName[];

/** Those that a replay can try. */
export const triedSettings = settings.filter(({ name }) => TRIED.includes(name));

export type SettingShown = Setting;
export type Draft = Readonly<Partial<Record<LimitName, number>>>;

/** What of the address is a draft: whole numbers in their range, other than what is in force. */
export const draftIn = (
  search: Readonly<Record<string, unknown>>,
  values: LimitValues,
  among: readonly Setting[],
): Draft =>
  Object.fromEntries(
    among.flatMap(({ name, least, most }) => {
      const value = search[name];
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
      return fits && value !== values[name] ? [[name, value]] : [];
    }),
  );

const two = (value: number): string => String(value).padStart(2, '0');

/** `5`, `5:00`, `1:00:00`, `80 %`. */
export const valueText = (value: number, unit: Setting['unit']): string => {
  if (unit === 'count') return String(value);
  if (unit === 'percent') return `${value} %`;
  const hours = Math.floor(value / 3600);
  const minutes = Math.floor((value % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(value % 60)}` : `${minutes}:${two(value % 60)}`;
};

/** What somebody typed: `90`, `1:30`, `24:00:00`; undefined for anything else. */
export const parsedValue = (text: string, { unit, least, most }: Setting): number | undefined => {
  const parts = text.replace('%', '').trim().split(':');
  if (parts.some((part) => !/^\d{1,7}$/.test(part)) || parts.length > (unit === 'seconds' ? 3 : 1))
    return undefined;
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return value >= least && value <= most ? value : undefined;
};

/** How far one press of − or + goes. */
export const stepOf = (value: number, unit: Setting['unit']): number => {
  if (unit === 'count') return 1;
  if (unit === 'percent') return 5;
  return value >= 7200 ? 3600 : value >= 600 ? 60 : value > 60 ? 15 : 5;
};
