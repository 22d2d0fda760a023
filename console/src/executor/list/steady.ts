/**
 * The order of rows while somebody is in the list: nothing moves under the pointer. What was there keeps its place, what is gone
 * leaves, what is new waits to be shown.
 * @param shown ids as they stand on the screen
 * @param wanted ids in their right order now
 */
export const steadied = (
  shown: readonly string[],
  wanted: readonly string[],
): { readonly order: readonly string[]; readonly held: readonly string[] } => {
  const still = new Set(wanted);
  const known = new Set(shown);
  return { order: shown.filter((id) => still.has(id)), held: wanted.filter((id) => !known.has(id)) };
};

/** The neighbour of the selected row for J and K; the first or last row when none is selected. */
export const neighbour = (
  ids: readonly string[],
  selected: string | undefined,
  step: 1 | -1,
): string | undefined => {
  const at = selected === undefined ? -1 : ids.indexOf(selected);
  if (at === -1) return step === 1 ? ids.at(0) : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
};
