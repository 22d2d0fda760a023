import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds between events that come at random, so many a minute. */
export const untilNextSec = (perMinute: number): number => (-Math.log(1 - Math.random()) * 60) / perMinute;

export const between = (least: number, most: number): number => least + Math.random() * (most - least);

export const happens = (share: number): boolean => Math.random() < share;

export const pick = <T>(list: readonly [T, ...T[]]): T =>
  list[Math.floor(Math.random() * list.length)] ?? list[0];

/** Waits; false when it was told to stop meanwhile. */
export const waitSec = async (sec: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await sleep(sec * 1000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
};
