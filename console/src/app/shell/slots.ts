import type { ComponentType } from 'react';
import { valueStore } from '../value-store.ts';

/** Where modules put something of theirs into the shell. */

/** On top of the settings: an executor's presence. */
export const settingsPart = valueStore<ComponentType | undefined>(undefined);
