const delays = new WeakMap<AbortSignal, number>();
const MINUTE_MS = 60_000;

/** Until the answer is called, time-outs of signals in this process are numbers: the virtual world keeps them, by virtual time. */
export const virtualiseTimeouts = (): (() => void) => {
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (ms: number): AbortSignal => {
    const { signal } = new AbortController();
    delays.set(signal, ms);
    return signal;
  };
  return () => {
    AbortSignal.timeout = timeout;
  };
};

/** How long whoever made a request waits for its answer. */
export const patienceMs = ({ signal }: RequestInit): number => (signal && delays.get(signal)) ?? MINUTE_MS;
