const delays = new WeakMap<AbortSignal, number>();
const MINUTE_MS = 60_000;
let isVirtual = false;

/** Time-outs of signals in this process are numbers from now on: the virtual world keeps them, by virtual time. */
export const virtualiseTimeouts = (): void => {
  if (isVirtual) return;
  isVirtual = true;
  AbortSignal.timeout = (ms: number): AbortSignal => {
    const { signal } = new AbortController();
    delays.set(signal, ms);
    return signal;
  };
};

/** How long whoever made a request waits for its answer. */
export const patienceMs = ({ signal }: RequestInit): number => (signal && delays.get(signal)) ?? MINUTE_MS;
