// @pure
/**
 * Which files of earlier builds are still needed: pages that were opened before a deployment load the parts they were made with.
 */
export interface Build {
  /** When it was published; ISO 8601, UTC. */
  readonly at: string;
  /** Of the site: `assets/main-3f9c.js`. */
  readonly files: readonly string[];
}

/** So long a tab may stay open after a deployment and still find its parts. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** The newest, and those which a newer one has taken the place of within the last thirty days. */
export const keptBuilds = (builds: readonly Build[], nowMs: number): Build[] => {
  const sorted = builds.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return sorted.filter((_, index) => {
    const next = sorted[index + 1];
    return next === undefined || Date.parse(next.at) > nowMs - KEPT_DAYS * DAY_MS;
  });
};

/** What no kept build has. */
export const needless = (present: readonly string[], kept: readonly Build[]): string[] => {
  const needed = new Set(kept.flatMap(({ files }) => files));
  return present.filter((file) => !needed.has(file));
};
