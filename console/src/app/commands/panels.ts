import { valueStore } from '../value-store.ts';

/** What lies over the page: one thing at a time. */
export type Panel = 'palette' | 'help' | 'settings' | 'sign-out';

export const panel = valueStore<Panel | undefined>(undefined);

export const openPanel = (next: Panel | undefined): void => panel.set(next);
