/** Two leave both processors of a small machine something to do, and CloudFormation's limits alone. */
const AT_ONCE = 2;

export interface Step {
  readonly module: string;
  readonly isOk: boolean;
}

export interface Outcome<S extends Step> {
  readonly done: readonly S[];
  /** Begun by nobody, because another one failed. */
  readonly left: readonly string[];
}

export interface Order {
  readonly shared?: string;
  readonly others: readonly string[];
  readonly last?: string;
  readonly isRemoval: boolean;
}

/**
 * Runs a step for each module, two at a time; the one that the others stand on is first, the one that stands on others is last, and
 * the other way round when things are removed. After a failure none begins any more, and those under way come to their end.
 */
export const overAll = async <S extends Step>(
  { shared, others, last, isRemoval }: Order,
  run: (module: string) => Promise<S>,
): Promise<Outcome<S>> => {
  const done: S[] = [];
  const alone = (module: string | undefined) => (module === undefined ? [] : [module]);
  const rounds = [alone(shared), [...others], alone(last)];
  const left = isRemoval ? rounds.toReversed() : rounds;
  for (const round of left) {
    const work = async (): Promise<void> => {
      while (done.every(({ isOk }) => isOk)) {
        const module = round.shift();
        if (module === undefined) return;
        done.push(await run(module));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
  return { done, left: left.flat() };
};
