import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { findItems, type Item, updateItem } from '../core/table-repository.ts';
import { phoneOwners } from '../core/user-repository.ts';
import {
  type KnownDevice,
  OPEN_LINE,
  type PhoneCodes,
  type PhoneDevices,
  phoneCodesSchema,
  phoneDevicesSchema,
} from '../model.ts';
import type { SignInSettings } from '../settings/catalogue.ts';
import { settingsKey, toSettings } from '../settings/settings-repository.ts';
import { addressKey, dialCodeKey, prefixKey } from './traffic-repository.ts';

const PHONE = 'PHONE#';

export const phoneCodes = defineEntity({
  table: 'identity',
  name: 'identity.phone-codes',
  key: ({ phone, line }: Pick<PhoneCodes, 'phone' | 'line'>) => ({
    pk: PHONE + phone,
    sk: line === OPEN_LINE ? 'CODES' : `CODES#${line}`,
  }),
  schema: phoneCodesSchema,
});

export const phoneDevices = defineEntity({
  table: 'identity',
  name: 'identity.phone-devices',
  key: ({ phone }: Pick<PhoneDevices, 'phone'>) => ({ pk: PHONE + phone, sk: 'DEVICES' }),
  schema: phoneDevicesSchema,
  inKey: { attributes: ['phone'], read: ({ pk }) => ({ phone: pk.slice(PHONE.length) }) },
});

/** Rubbish goes a day after the last thing that could need it. */
const KEEP_SEC = 2 * 24 * 3600;
export const expiry = (now: Instant): number => epochSec(now) + KEEP_SEC;

/** All that one request for a code needs to know, but the line of a known device. */
export interface CodeWorld {
  readonly codes: PhoneCodes;
  readonly devices: PhoneDevices;
  readonly owner?: { readonly userId: string; readonly locked: boolean };
  readonly settings: SignInSettings;
  /** What was counted of the address, the prefix and the dial code, as it lies in the store. */
  readonly counts: {
    readonly address: Item | undefined;
    readonly prefix: Item | undefined;
    readonly dialCode: Item | undefined;
  };
}

const noCodes = (phone: string, line: string): PhoneCodes => ({ phone, line, sends: [], version: 0 });
const noDevices = (phone: string): PhoneDevices => ({ phone, devices: [], version: 0 });

/** One consistent request, the same one for every phone, known or not. */
export const readCodeWorld = async (
  rt: Runtime,
  { phone, dialCode, address }: { phone: string; dialCode: string; address: string },
): Promise<CodeWorld> => {
  const [codes, owner, devices, fromAddress, prefix, toDialCode, settings] = await findItems(rt, [
    phoneCodes.key({ phone, line: OPEN_LINE }),
    phoneOwners.key({ phone }),
    phoneDevices.key({ phone }),
    addressKey(address),
    prefixKey(phone),
    dialCodeKey(dialCode),
    settingsKey,
  ]);
  const known = owner && phoneOwners.parse(rt, owner);
  return {
    codes: codes ? phoneCodes.parse(rt, codes) : noCodes(phone, OPEN_LINE),
    devices: devices ? phoneDevices.parse(rt, devices) : noDevices(phone),
    ...(known && { owner: { userId: known.userId, locked: known.locked === true } }),
    settings: toSettings(rt, settings),
    counts: { address: fromAddress, prefix, dialCode: toDialCode },
  };
};

/** The codes of one line of a phone. */
export const findCodes = async (rt: Runtime, phone: string, line: string): Promise<PhoneCodes> =>
  (await phoneCodes.find(rt, { phone, line })) ?? noCodes(phone, line);

export const findDevices = async (rt: Runtime, phone: string): Promise<PhoneDevices> =>
  (await phoneDevices.find(rt, { phone })) ?? noDevices(phone);

export const devicesWrite = (rt: Runtime, before: PhoneDevices, devices: readonly KnownDevice[]): Write =>
  phoneDevices.next(rt, before, { ...before, devices, version: before.version + 1 });

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
    Key: phoneCodes.key({ phone, line }),
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
  return held && phoneCodes.parse(rt, held);
};

/** Lets a line go to which nothing was sent after all. One that is held too long is free by itself. */
export const releaseLine = async (rt: Runtime, { phone, line, hold }: PhoneCodes): Promise<void> => {
  if (!hold) return;
  await updateItem(rt, {
    Key: phoneCodes.key({ phone, line }),
    UpdateExpression: 'REMOVE #hold',
    ConditionExpression: '#hold.#until = :until AND #hold.#by = :by',
    ExpressionAttributeNames: { '#hold': 'hold', '#until': 'until', '#by': 'by' },
    ExpressionAttributeValues: { ':until': hold.until, ':by': hold.by },
  });
};
