/** Time comes in from outside everywhere, so that a test or a simulation can own it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * A UTC instant with fixed milliseconds: `2026-11-23T08:00:00.000Z`.
 * Without the fixed width `…00Z` would sort after `…00.5Z`.
 */
export type Instant = string;

export const instant = (epochMs: number): Instant => new Date(epochMs).toISOString();

export const epochMs = (at: Instant): number => Date.parse(at);

export const plusSeconds = (at: Instant, seconds: number): Instant => instant(epochMs(at) + seconds * 1000);

/** Whole seconds since the epoch, as DynamoDB's time to live wants them. */
export const epochSec = (at: Instant): number => Math.floor(epochMs(at) / 1000);
