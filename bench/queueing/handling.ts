export type Handling = 'exponential' | 'lognormal' | 'Erlang';

const exponential = (random: () => number): number => -Math.log(1 - random());

/** Box and Muller, 1958. */
const normal = (random: () => number): number =>
  Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random());

/** ln(1 + 4): variance four times the square of the mean, a few tickets take very long. */
const LOG_VARIANCE = Math.log(5);

/** Handling times of mean 1: even chance, a few very long ones (variance 4), rather alike (four stages, variance ¼). */
export const handlingTime: Readonly<Record<Handling, (random: () => number) => number>> = {
  exponential,
  lognormal: (random) => Math.exp(Math.sqrt(LOG_VARIANCE) * normal(random) - LOG_VARIANCE / 2),
  Erlang: (random) => [1, 2, 3, 4].reduce((total) => total + exponential(random) / 4, 0),
};
