import { valueStore } from '../app/value-store.ts';
import type { Missed } from './missed.ts';

/** Tickets that went back into line unaccepted, until they are dismissed or the executor comes online anew. */
export const missed = valueStore<readonly Missed[]>([]);

/** Tickets that the executor has declined or handed on: these leave the list without having been missed. */
export const answered = new Set<string>();
