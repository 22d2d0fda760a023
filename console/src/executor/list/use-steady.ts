import { useEffect, useRef, useState } from 'react';
import { steadied } from './steady.ts';

export interface Steady {
  readonly order: readonly string[];
  /** New ones that are not shown yet. */
  readonly held: readonly string[];
  readonly showHeld: () => void;
  /** For the list's element. */
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

/** Rows never move while the pointer or the focus is in the list. */
export const useSteady = (wanted: readonly string[]): Steady => {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const shown = useRef<readonly string[]>(wanted);
  const [, redraw] = useState(0);
  const busy = pointer || focus;
  const { order, held } = busy ? steadied(shown.current, wanted) : { order: wanted, held: [] };
  useEffect(() => {
    shown.current = order;
  });
  return {
    order,
    held,
    showHeld: () => {
      shown.current = wanted;
      redraw((count) => count + 1);
    },
    handlers: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: () => setFocus(true),
      onBlur: () => setFocus(false),
    },
  };
};
