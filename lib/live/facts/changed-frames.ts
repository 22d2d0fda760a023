// @pure

import type { entryAdded, ticketChanged } from '../../desk/events.ts';
import type { EventData } from '../../platform/events/define-event.ts';
import type { ServerFrame } from '../frames.ts';
import type { Subscription } from '../model.ts';

type Changed = Extract<ServerFrame, { type: 'changed' }>;

/** What has changed: its kind, id and version. A version never falls, so of two frames the greater is the newer. */
export type Thing = Pick<Changed, 'kind' | 'id' | 'version'>;

export const changed = (topic: string, thing: Thing): Changed => ({ type: 'changed', topic, ...thing });

/** Of an entry clients learn only if it is none of the notes among staff; somebody of staff whose own ticket it is, is its client. */
export const entryFor =
  (
    topic: string,
    thing: Thing,
    { kind, clientId }: Pick<EventData<typeof entryAdded>, 'kind' | 'clientId'>,
  ) =>
  ({ userId, roles }: Pick<Subscription, 'userId' | 'roles'>): Changed | undefined =>
    kind !== 'note' || (userId !== clientId && (roles.includes('executor') || roles.includes('manager')))
      ? changed(topic, thing)
      : undefined;

/** Everybody whose a ticket is or was before this change: its client, and who holds and held it. */
export const usersOf = ({
  clientId,
  executorId,
  fromExecutorId,
}: Pick<EventData<typeof ticketChanged>, 'clientId' | 'executorId' | 'fromExecutorId'>): string[] => [
  ...new Set([clientId, executorId, fromExecutorId].filter((id) => id !== undefined)),
];

/** On a desk managers are sent each thing; executors only that something is new, since the tickets are not theirs. */
export const deskFrame =
  (deskId: string, thing: Thing, atMs: number) =>
  ({ roles }: Pick<Subscription, 'roles'>): Changed =>
    changed(
      `desk:${deskId}`,
      roles.includes('manager') ? thing : { kind: 'desk', id: deskId, version: atMs },
    );
