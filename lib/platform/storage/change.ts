import type { EventDraft } from '../events/event.ts';
import type { Write } from './write.ts';

/** What one commit changes: writes and the facts that follow from them. */
export interface Change {
  readonly writes: readonly Write[];
  readonly events: readonly EventDraft[];
}

/** Several changes as one. */
export const joined = (...changes: readonly (Change | undefined)[]): Change => ({
  writes: changes.flatMap((change) => change?.writes ?? []),
  events: changes.flatMap((change) => change?.events ?? []),
});
