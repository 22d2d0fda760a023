import type { World } from '../../engine/world.ts';
import type { HandOver } from '../outside/outside.ts';
import type { Sms } from '../product.ts';
import { countingZone, localTime, mondayOf } from './calendar.ts';
import type { LeavingCheck } from './leaving.ts';
import type { Register } from './register.ts';

interface Caps {
  readonly perDay?: number;
  readonly perWeek?: number;
  readonly perMonth?: number;
}

/** 230-FZ, article 7: to a debtor's phone in Russia. */
const DEBT: Caps = { perDay: 2, perWeek: 4, perMonth: 16 };

const PERIODS: readonly (readonly [keyof Caps, (date: string) => string])[] = [
  ['perDay', (date) => date],
  ['perWeek', mondayOf],
  ['perMonth', (date) => date.slice(0, 7)],
];

interface Taken {
  readonly sms: Sms;
  readonly date: string;
}

/** What never reached a phone, by the company's own word, may be made up for. */
const came = ({ end }: HandOver): boolean => end === undefined || end.as === 'delivered' || end.as === 'read';

const NONE = Number.POSITIVE_INFINITY;

const loosest = (all: readonly Caps[], name: keyof Caps): number =>
  all.length === 0 ? NONE : Math.max(...all.map((caps) => caps[name] ?? NONE));

/** What companies took, by entity, phone and category. */
const grouped = ({ smsOf }: LeavingCheck, handOvers: readonly HandOver[]): Map<string, Taken[]> => {
  const counted = handOvers.flatMap((handOver): Taken[] => {
    const sms = smsOf.get(handOver.number);
    if (!sms || sms.category === 'otp' || handOver.takenMs === undefined || !came(handOver)) return [];
    return [{ sms, date: localTime(countingZone(sms.zone), handOver.takenMs).date }];
  });
  return Map.groupBy(counted, ({ sms }) => `${sms.entityId} ${sms.phone} ${sms.category}`);
};

/** The law's caps and the loosest that the entity ever had in this run, whichever is stricter. */
const mostOf = (register: Register, { entityId, category }: Sms, name: keyof Caps): number => {
  const own = (register.limits.get(entityId) ?? []).map((limits): Caps => limits[category] ?? {});
  const law = category === 'debt' ? (DEBT[name] ?? NONE) : NONE;
  return Math.min(law, loosest(own, name));
};

/** Counts what companies took by the recipient's calendar of the moment they took it (R-SMS-07). */
export const checkCaps = (
  world: World,
  register: Register,
  leaving: LeavingCheck,
  handOvers: readonly HandOver[],
): void => {
  for (const [key, taken] of grouped(leaving, handOvers)) {
    const [first] = taken;
    if (!first) continue;
    for (const [name, periodOf] of PERIODS) {
      const most = mostOf(register, first.sms, name);
      for (const [period, within] of Map.groupBy(taken, ({ date }) => periodOf(date)))
        if (within.length > most)
          world.report('caps', `${within.length} messages of ${key} in ${period}, not ${most} (${name})`);
    }
  }
};
