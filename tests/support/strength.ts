/** Waits are multiplied by this on a slow machine; tests' own limits are (tests/support/time-limit.cjs). */
export const TIME_FACTOR = Number(process.env.ROTADESK_TIME_FACTOR ?? 1);

/** How much of something a test tries: enough to notice on every run, and more at night (`ROTADESK_TESTS=nightly`). */
export const strength = (usual: number, nightly: number): number =>
  process.env.ROTADESK_TESTS === 'nightly' ? nightly : usual;
