import { auditEntries } from '../../../lib/admin/repository.ts';
import { stoppedAddresses } from '../../../lib/notifications/repository/addresses.ts';
import { contacts } from '../../../lib/notifications/repository/contacts.ts';
import { gatherings } from '../../../lib/notifications/repository/gatherings.ts';
import { notifications } from '../../../lib/notifications/repository/notifications.ts';
import { wordingHistory, wordingsInForce } from '../../../lib/notifications/repository/wordings.ts';
import type { Entity } from '../../../lib/platform/storage/entity.ts';

/** An entity with its types forgotten. */
// biome-ignore lint/suspicious/noExplicitAny: a function of any thing takes every thing
export type AnyEntity = Pick<Entity<any, any>, 'name' | 'schema' | 'parse' | 'readable' | 'toItem'>;

/** Every entity there is; a test finds those that are missing here. */
export const entities: readonly AnyEntity[] = [
  auditEntries,
  contacts,
  gatherings,
  notifications,
  stoppedAddresses,
  wordingHistory,
  wordingsInForce,
];
