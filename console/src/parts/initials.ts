const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const firstGrapheme = (word: string): string =>
  segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '';

/** One or two letters that stand for a name: of its first and its last word. */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letters = firstGrapheme(first) + (last ? firstGrapheme(last) : (Array.from(first)[1] ?? ''));
  return letters.toLocaleUpperCase() || '–';
};
