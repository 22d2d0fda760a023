import type { Runtime } from '../runtime.ts';

export interface RecentRead<Value> {
  /** Reads anew; what it finds counts as recent from then on. */
  read(rt: Runtime): Promise<Value>;
  /** What was read within the last `freshMs`, or anew. Callers at the same time share one read. */
  recent(rt: Runtime): Promise<Value>;
  /** To be called after a write: the next caller reads anew, and a read that is under way is not kept. */
  forget(rt: Runtime): void;
}

/** Keeps what was last read of a store, for `freshMs` milliseconds. A read that failed is not kept. */
export const recentRead = <Value>(
  load: (rt: Runtime) => Promise<Value>,
  freshMs: number,
): RecentRead<Value> => {
  const kept = new WeakMap<object, { readonly atMs: number; readonly value: Promise<Value> }>();
  const read = (rt: Runtime): Promise<Value> => {
    const entry = { atMs: rt.clock.nowMs(), value: load(rt) };
    kept.set(rt.dynamo, entry);
    entry.value.catch(() => {
      if (kept.get(rt.dynamo) === entry) kept.delete(rt.dynamo);
    });
    return entry.value;
  };
  const recent = (rt: Runtime): Promise<Value> => {
    const entry = kept.get(rt.dynamo);
    const ageMs = entry ? rt.clock.nowMs() - entry.atMs : Number.POSITIVE_INFINITY;
    return entry && ageMs >= 0 && ageMs < freshMs ? entry.value : read(rt);
  };
  return { read, recent, forget: (rt) => void kept.delete(rt.dynamo) };
};
