// @pure

/** Value at a share of a sorted list, interpolated between its neighbours (type 7 of Hyndman and Fan, 1996). */
export const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};
