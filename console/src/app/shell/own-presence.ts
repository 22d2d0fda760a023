import type { Presence } from '../../api/types.ts';
import { valueStore } from '../value-store.ts';

/** What the executor's module knows of the reader's own presence; others have none. */
export const ownPresence = valueStore<Presence | undefined>(undefined);
