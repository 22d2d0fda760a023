import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import {
  initialSettings,
  type KnownDevice,
  OPEN_LINE,
  type PhoneCodes,
  type SignInSettings,
} from '../model.ts';
import { settingsKey, toSettings } from './settings.ts';
import { findItem, findItems, type Item, type Key, putNext, updateItem } from './table.ts';
import { addressKey, dialCodeKey, prefixKey } from './traffic.ts';
import { phoneKey } from './users.ts';

export const codesKey = (phone: string, line: string): Key => ({
  pk: `PHONE#${phone}`,
  sk: line === OPEN_LINE ? 'CODES' : `CODES#${line}`,
});
const devicesKey = (phone: string): Key => ({ pk: `PHONE#${phone}`, sk: 'DEVICES' });
/** Rubbish goes a day after the last thing that could need it. */
const KEEP_SEC = 2 * 24 * 3600;
export const expiry = (now: Instant): number => epochSec(now) + KEEP_SEC;

/** Devices of a phone, the latest first. */
export interface Devices {
  readonly devices: readonly KnownDevice[];
  readonly version: number;
}

/** All that one request for a code needs to know, but the line of a known device. */
export interface CodeWorld {
  readonly codes: PhoneCodes;
  readonly devices: Devices;
  readonly owner?: { readonly userId: string; readonly locked: boolean };
  readonly settings: SignInSettings;
  /** What was counted of the address, the prefix and the dial code, as it lies in the store. */
  readonly counts: {
    readonly address: Item | undefined;
    readonly prefix: Item | undefined;
    readonly dialCode: Item | undefined;
  };
}

export const toCodes = (phone: string, line: string, item: Item | undefined): PhoneCodes => {
  if (!item) return { phone, line, sends: [], version: 0 };
  const { pk: _pk, sk: _sk, expiresAtSec: _expires, ...codes } = item;
  return { line, sends: [], ...codes } as unknown as PhoneCodes;
};

const toDevices = (item: Item | undefined): Devices => ({
  devices: (item?.devices ?? []) as KnownDevice[],
  version: Number(item?.version ?? 0),
});

/** One consistent request, the same one for every phone, known or not. */
export const readCodeWorld = async (
  rt: Runtime,
  { phone, dialCode, address }: { phone: string; dialCode: string; address: string },
): Promise<CodeWorld> => {
  const [codes, owner, devices, fromAddress, prefix, toDialCode, settings] = await findItems(rt, [
    codesKey(phone, OPEN_LINE),
    phoneKey(phone),
    devicesKey(phone),
    addressKey(address),
    prefixKey(phone),
    dialCodeKey(dialCode),
    settingsKey,
  ]);
  return {
    codes: toCodes(phone, OPEN_LINE, codes),
    devices: toDevices(devices),
    ...(owner && { owner: { userId: String(owner.userId), locked: owner.locked === true } }),
    settings: settings ? toSettings(settings) : initialSettings,
    counts: { address: fromAddress, prefix, dialCode: toDialCode },
  };
};

/** The codes of one line of a phone. */
export const findCodes = async (rt: Runtime, phone: string, line: string): Promise<PhoneCodes> =>
  toCodes(phone, line, await findItem(rt, codesKey(phone, line)));

export const findDevices = async (rt: Runtime, phone: string): Promise<Devices> =>
  toDevices(await findItem(rt, devicesKey(phone)));

export const devicesWrite = (
  rt: Runtime,
  phone: string,
  { before, devices }: { before: Devices; devices: readonly KnownDevice[] },
): Write =>
  putNext(rt, { ...devicesKey(phone), devices: [...devices], version: before.version + 1 }, before.version);

/**
 * Holds a line for the one who is about to send: of many at once one wins, and the others need not try. The line is at its
 * next version then. Undefined when somebody else was first.
 */
export const holdLine = async (
  rt: Runtime,
  { phone, line, version }: PhoneCodes,
  { by, until, now }: { by: string; until: Instant; now: Instant },
): Promise<PhoneCodes | undefined> => {
  const held = await updateItem(rt, {
    Key: codesKey(phone, line),
    UpdateExpression:
      'SET phone = :phone, line = :line, #version = :next, #hold = :hold, expiresAtSec = :expires',
    ConditionExpression:
      (version === 0 ? 'attribute_not_exists(pk)' : '#version = :version') +
      ' AND (attribute_not_exists(#hold) OR #hold.#until <= :now)',
    ExpressionAttributeNames: { '#version': 'version', '#hold': 'hold', '#until': 'until' },
    ExpressionAttributeValues: {
      ':phone': phone,
      ':line': line,
      ...(version > 0 && { ':version': version }),
      ':next': version + 1,
      ':hold': { by, until },
      ':now': now,
      ':expires': expiry(now),
    },
    ReturnValues: 'ALL_NEW',
  });
  return held && toCodes(phone, line, held);
};

/** Lets a line go to which nothing was sent after all. One that is held too long is free by itself. */
export const releaseLine = async (rt: Runtime, { phone, line, hold }: PhoneCodes): Promise<void> => {
  if (!hold) return;
  await updateItem(rt, {
    Key: codesKey(phone, line),
    UpdateExpression: 'REMOVE #hold',
    ConditionExpression: '#hold.#until = :until AND #hold.#by = :by',
    ExpressionAttributeNames: { '#hold': 'hold', '#until': 'until', '#by': 'by' },
    ExpressionAttributeValues: { ':until': hold.until, ':by': hold.by },
  });
};
