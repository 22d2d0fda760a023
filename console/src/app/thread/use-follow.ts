import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const AT_END_PX = 48;

interface Follow {
  /** How many came while the reader was further up. */
  readonly below: number;
  readonly toEnd: () => void;
  readonly onScroll: () => void;
}

/**
 * Opens a conversation at its first unread entry, else at the end; follows the end only for whoever is there.
 * @param start index of the first unread; undefined: the end
 */
export const useFollow = (
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  scroll: RefObject<HTMLDivElement | null>,
  { count, start, own }: { readonly count: number; readonly start: number | undefined; readonly own: number },
): Follow => {
  const atEnd = useRef(true);
  const seen = useRef({ count: 0, own: 0, opened: false });
  const [below, setBelow] = useState(0);
  const size = virtualizer.getTotalSize();

  const toEnd = (): void => {
    atEnd.current = true;
    setBelow(0);
    if (count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' });
  };

  useLayoutEffect(() => {
    if (count === 0 || seen.current.opened) return;
    seen.current = { count, own, opened: true };
    atEnd.current = start === undefined;
    virtualizer.scrollToIndex(start ?? count - 1, { align: start === undefined ? 'end' : 'start' });
  }, [count, own, start, virtualizer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what came anew moves anything
  useEffect(() => {
    const before = seen.current;
    if (!before.opened || count === before.count) return;
    seen.current = { ...before, count, own };
    const writtenHere = own > before.own;
    if (atEnd.current || writtenHere) toEnd();
    else setBelow((known) => known + Math.max(0, count - before.count));
  }, [count, own]);

  // Rows are measured as they come: whoever is at the end stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size says when
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element && atEnd.current && seen.current.opened) element.scrollTop = element.scrollHeight;
  }, [size, scroll]);

  return {
    below,
    toEnd,
    onScroll: () => {
      const element = scroll.current;
      if (!element) return;
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
      if (atEnd.current && below > 0) setBelow(0);
    },
  };
};
