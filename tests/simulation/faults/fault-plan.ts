import type { Random } from '../engine/random.ts';

/** What may go wrong between the product and AWS. Over a run of many seeds each of them must have. */
export const awsFaults = [
  'crash-before-write',
  'crash-after-write',
  'lost-request',
  'lost-response',
  'throttled',
  'conflict',
  'slow-request',
  'slow-response',
  'stale-index',
  'partial-send',
  'duplicate',
  'undeleted',
  'delayed',
  'reordered',
  'lost-answer',
  'clock-skew',
  'tick-missed',
  'tick-doubled',
] as const;

/** What may go wrong at a company that takes messages, and on the way there and back. */
export const providerFaults = [
  'provider-unreachable',
  'provider-request-lost',
  'provider-answer-lost',
  'provider-silent',
  'provider-slow',
  'provider-refuses',
  'provider-stop-list',
  'provider-throttles',
  'provider-broken',
  'provider-strange-status',
  'report-lost',
  'report-doubled',
  'report-late',
  'report-reordered',
  'report-unknown',
] as const;
export type FaultKind = (typeof awsFaults)[number] | (typeof providerFaults)[number];

export type FaultCounts = Record<FaultKind, number>;

const allFaults: readonly FaultKind[] = [...awsFaults, ...providerFaults];

export const noFaults = (): FaultCounts =>
  Object.fromEntries(allFaults.map((kind) => [kind, 0])) as FaultCounts;

/** How often each kind strikes, per opportunity. */
export type FaultRates = Readonly<Record<FaultKind, number>>;
export type FaultTable = Readonly<Partial<Record<FaultKind, number>>>;

/** Rates when a kind is strong: such that most invocations still get through, or nothing but recovery would be seen. */
const STRONG: FaultTable = {
  'crash-before-write': 0.012,
  'crash-after-write': 0.012,
  'lost-request': 0.006,
  'lost-response': 0.02,
  throttled: 0.008,
  conflict: 0.06,
  'slow-request': 0.01,
  'slow-response': 0.01,
  'stale-index': 0.5,
  'partial-send': 0.02,
  duplicate: 0.08,
  undeleted: 0.03,
  delayed: 0.05,
  reordered: 0.3,
  'lost-answer': 0.05,
  'clock-skew': 1,
  'tick-missed': 0.3,
  'tick-doubled': 0.3,
};

/** Kinds that may cost no time worth speaking of: in a run with these alone the product must be as quick as ever. */
const HARMLESS: ReadonlySet<FaultKind> = new Set([
  'conflict',
  'stale-index',
  'duplicate',
  'undeleted',
  'reordered',
  'tick-missed',
  'tick-doubled',
]);
const PROMPT_SHARE = 0.4;

const isProviders = (kind: FaultKind): boolean => (providerFaults as readonly FaultKind[]).includes(kind);

export interface DrawOptions {
  readonly prompt?: boolean | undefined;
  /** Rates of more kinds when they are strong. */
  readonly ownFaults?: FaultTable | undefined;
}

/**
 * The rates of one run. Each kind is absent, weak or strong in it by chance: a run with everything at once hides what
 * two kinds alone bring to light. In a share of the runs only harmless kinds strike.
 */
export const drawRates = (
  random: Random,
  { prompt: alwaysPrompt = false, ownFaults = {} }: DrawOptions = {},
): FaultRates => {
  const strong: FaultTable = { ...STRONG, ...ownFaults };
  const prompt = random.chance(PROMPT_SHARE) || alwaysPrompt;
  const rate = (kind: FaultKind): number => {
    const strength = random.pick([0, 0.25, 1]);
    if (prompt && !HARMLESS.has(kind) && !isProviders(kind)) return 0;
    return (strong[kind] ?? 0) * (kind === 'clock-skew' ? Math.ceil(strength) : strength);
  };
  return Object.fromEntries(allFaults.map((kind) => [kind, rate(kind)])) as FaultRates;
};

/** Decides whether a fault strikes, and counts those that did. */
export interface Faults {
  readonly counts: FaultCounts;
  /** Nothing strikes in this run that would excuse lateness. */
  readonly prompt: boolean;
  strikes(kind: FaultKind, random: Random): boolean;
  fired(kind: FaultKind): void;
  /** Until then, and after `stop`, nothing goes wrong. */
  start(): void;
  stop(): void;
}

export const createFaults = (rates: FaultRates): Faults => {
  const counts = noFaults();
  let active = false;
  return {
    counts,
    prompt: allFaults.every((kind) => rates[kind] === 0 || HARMLESS.has(kind)),
    // Drawn even when stopped or impossible, so that one rate does not shift all that is drawn later.
    strikes: (kind, random) => random.next() < rates[kind] && active,
    fired: (kind) => {
      counts[kind] += 1;
    },
    start: () => {
      active = true;
    },
    stop: () => {
      active = false;
    },
  };
};
