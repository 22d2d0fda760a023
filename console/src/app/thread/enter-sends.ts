import { store, stored } from '../stored.ts';
import { valueStore } from '../value-store.ts';

const KEY = 'rotadesk.enter';

/** Whether ↵ alone sends; else it is a new line, and ⌘↵ or Ctrl ↵ sends. */
export const enterSends = valueStore(stored(KEY) === 'sends');

export const chooseEnterSends = (on: boolean): void => {
  store(KEY, on ? 'sends' : undefined);
  enterSends.set(on);
};
