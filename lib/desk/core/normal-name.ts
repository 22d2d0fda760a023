// @pure

const LONGEST = 60;
/** Each word of a name can be searched for; people have fewer. */
const WORDS = 4;

/**
 * A name as it is compared: compatibility forms decomposed and marks taken away (so that ё is е), without case, words by
 * single spaces. Cut, since decomposed one character may become eighteen.
 */
export const normalName = (text: string): string =>
  text
    .slice(0, 4 * LONGEST)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed()
    .trim();

/** The name from each of its words on: `anna orlova`, `orlova`. */
export const nameStarts = (name: string): string[] => {
  const words = normalName(name).split(' ').filter(Boolean);
  return words.slice(0, WORDS).map((_, index) => words.slice(index).join(' '));
};

/** The first of a name's starts with this prefix: under it a search shows the name, and not once for each word that fits. */
export const firstStart = (name: string, prefix: string): string | undefined =>
  nameStarts(name).find((start) => start.startsWith(prefix));
