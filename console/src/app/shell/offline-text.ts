import type { ComponentType } from 'react';
import { valueStore } from '../value-store.ts';

/** What being cut off means to the reader; the executor's module says when tickets move. */
export const offlineText = valueStore<ComponentType | undefined>(undefined);
