/**
 * The server's time in a browser whose own clock may be wrong. Each answer says the second it was made in, between the
 * moment of asking and that of receiving: so each narrows the interval that the difference of the clocks lies in.
 */
export interface Observation {
  /** The answer's `Date`, ms; cut to whole seconds when `stepMs` is 1000. */
  readonly serverMs: number;
  /** How much of `serverMs` was cut off at most. */
  readonly stepMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

export interface Difference {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Server minus browser by one answer alone. */
const differenceOf = ({ serverMs, stepMs, sentMs, receivedMs }: Observation): Difference => ({
  leastMs: serverMs - receivedMs,
  mostMs: serverMs + stepMs - sentMs,
});

/** What is known after one more answer. Where both cannot be true, a clock was set in between: the newest holds. */
export const narrowed = (known: Difference | undefined, observation: Observation): Difference => {
  const seen = differenceOf(observation);
  if (known === undefined) return seen;
  const leastMs = Math.max(known.leastMs, seen.leastMs);
  const mostMs = Math.min(known.mostMs, seen.mostMs);
  return leastMs <= mostMs ? { leastMs, mostMs } : seen;
};

let known: Difference | undefined;

export const observeServerTime = (observation: Observation): void => {
  known = narrowed(known, observation);
};

/** The server's time now, ms since the epoch; the browser's own before the first answer. */
export const serverNow = (): number =>
  Date.now() + (known === undefined ? 0 : Math.round((known.leastMs + known.mostMs) / 2));
