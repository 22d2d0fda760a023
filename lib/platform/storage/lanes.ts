/** The last in each lane, by whose lanes they are. */
const lanes = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs `work` when all before it under the same key are done, in the order of the calls; its argument says whether there were any. A lane is of this process alone: it
 * spares contenders one another, and nothing correct rests on it.
 */
export const inLane = async <T>(
  owner: object,
  key: string,
  work: (waited: boolean) => Promise<T>,
): Promise<T> => {
  const own = lanes.get(owner) ?? new Map<string, Promise<unknown>>();
  lanes.set(owner, own);
  const before = own.get(key);
  const result = (before ?? Promise.resolve()).then(() => work(before !== undefined));
  const done = result.catch(() => undefined);
  own.set(key, done);
  try {
    return await result;
  } finally {
    if (own.get(key) === done) own.delete(key);
  }
};
