import type { Api } from '../../../../localstack/sandboxes/sms/index.ts';
import type { Random } from '../../engine/random.ts';
import type { World } from '../../engine/world.ts';
import type { ApiUser } from '../../workload/api.ts';
import type { Register } from '../checks/register.ts';
import type { Outside } from '../outside/outside.ts';

/** Moments around which something opens or closes, in Moscow, somewhere in Russia, or at a month's end. */
const BEGINNINGS = [
  '2026-02-26T04:57:00Z', // Thursday, 07:57 in Moscow; Sunday the first of March is three nights away
  '2026-02-27T18:40:00Z', // Friday, twenty minutes before the evening's end
  '2026-02-28T16:45:00Z', // Saturday, a quarter before the weekend's end
  '2026-03-01T06:56:00Z', // Sunday; in four minutes it is nine everywhere in Russia
  '2026-03-30T06:30:00Z', // Monday, all of Russia open; the month ends tomorrow
  '2026-11-03T18:40:00Z', // Tuesday evening before a holiday
] as const;

/** Hours of the next day at which people come back, UTC. */
const MORNINGS = ['04:57', '06:58', '07:30', '16:45', '18:45'] as const;

export interface ProviderPlan {
  readonly api: Api;
  readonly ratePerSec: number;
  readonly concurrency: number;
}

/** The shape of one run, drawn from its seed. */
export interface Scenario {
  readonly startMs: number;
  readonly nights: number;
  readonly signers: number;
  readonly services: number;
  /** Phones of people who get messages, each with the zone that services know of. */
  readonly recipients: readonly { readonly phone: string; readonly zone: string | undefined }[];
  readonly providers: readonly ProviderPlan[];
  readonly thinkMs: number;
  readonly rushMs: number;
  readonly rushSpreadMs: number;
  readonly codes: { readonly perPhoneHour: number; readonly perAddressHour: number };
  /** Looked at again when three days have passed. */
  readonly daysAfter: boolean;
}

const ZONES = ['Europe/Moscow', 'Asia/Vladivostok', 'Asia/Yekaterinburg', undefined, undefined] as const;

/** Mobile numbers of Russia. */
export const phoneOf = (index: number): string => `+7916555${String(1000 + index * 7)}`;

const drawProviders = (random: Random): ProviderPlan[] => {
  const apis: Api[] = ['smsc', 'smsru', 'twilio'];
  const first = random.pick(apis);
  const others = apis.filter((api) => api !== first);
  const chosen = [first, ...(random.chance(0.5) ? others : [random.pick(others)])];
  return chosen.map((api) => ({ api, ratePerSec: random.int(1, 6), concurrency: random.int(1, 4) }));
};

export const drawScenario = (random: Random): Scenario => ({
  startMs: Date.parse(random.pick(BEGINNINGS)),
  nights: random.int(0, 3),
  signers: random.int(2, 4),
  services: random.int(2, 4),
  recipients: Array.from({ length: random.int(2, 4) }, (_, index) => ({
    phone: phoneOf(100 + index),
    zone: random.pick(ZONES),
  })),
  providers: drawProviders(random),
  thinkMs: random.pick([1500, 5000, 15_000]),
  rushMs: random.pick([5000, 20_000, 60_000]),
  rushSpreadMs: random.pick([25, 120, 400]),
  codes: { perPhoneHour: random.int(3, 5), perAddressHour: random.pick([5, 8, 20]) },
  daysAfter: random.chance(0.2),
});

/** Everything that people on this workload share. */
export interface Workload {
  readonly world: World;
  readonly scenario: Scenario;
  readonly register: Register;
  readonly outside: Outside;
  readonly entityIds: string[];
  readonly providerIds: string[];
  /** Ids of challenges that people know of, by phone. */
  readonly challenges: Map<string, string[]>;
  actionsLeft: number;
  /** Everybody sleeps until then. */
  asleepUntilMs: number;
}

const RUSH_SHARE = 0.5;

/** Thinks for a while, or until the next rush, or over night; false when the run's actions are used up. */
export const mayAct = async (workload: Workload, { random }: ApiUser, pace = 1): Promise<boolean> => {
  const { timeline } = workload.world;
  const { rushMs, rushSpreadMs, thinkMs } = workload.scenario;
  const rushes = random.chance(RUSH_SHARE);
  const toRushMs = rushMs - (timeline.nowMs() % rushMs) + random.int(0, rushSpreadMs);
  await timeline.sleep(rushes ? toRushMs : Math.min(90_000, -Math.log(1 - random.next()) * thinkMs * pace));
  while (timeline.nowMs() < workload.asleepUntilMs)
    await timeline.sleep(workload.asleepUntilMs - timeline.nowMs() + random.int(0, 5000));
  if (workload.actionsLeft <= 0) return false;
  workload.actionsLeft -= 1;
  return true;
};

/** When the next day begins for everybody. */
export const morningAfter = (nowMs: number, random: Random): number => {
  const nextDay = new Date(nowMs + 86_400_000).toISOString().slice(0, 10);
  return Date.parse(`${nextDay}T${random.pick(MORNINGS)}:00Z`);
};
