import { auditEntries } from '../../../lib/admin/repository.ts';
import { alerts } from '../../../lib/desk/repository/alerts.ts';
import { urgentGrants } from '../../../lib/desk/repository/clients.ts';
import { decisions, plans } from '../../../lib/desk/repository/decisions.ts';
import { desks } from '../../../lib/desk/repository/desks.ts';
import { executorItems, holdingsBlocks, presenceBeats } from '../../../lib/desk/repository/executor-items.ts';
import { journalFacts } from '../../../lib/desk/repository/journal.ts';
import { leases } from '../../../lib/desk/repository/lease.ts';
import { messages as deskMessages } from '../../../lib/desk/repository/messages.ts';
import { knownPeople } from '../../../lib/desk/repository/people.ts';
import { replays } from '../../../lib/desk/repository/replays.ts';
import { rosterEntries } from '../../../lib/desk/repository/roster-entries.ts';
import { threadEntries } from '../../../lib/desk/repository/thread.ts';
import { lineEntries, tickets } from '../../../lib/desk/repository/tickets.ts';
import { uploads } from '../../../lib/desk/repository/uploads.ts';
import { limitSettings } from '../../../lib/desk/settings/catalogue.ts';
import { challengePlaces } from '../../../lib/identity/repository/challenges.ts';
import { phoneCodes, phoneDevices } from '../../../lib/identity/repository/codes.ts';
import { emailProofs } from '../../../lib/identity/repository/email-proofs.ts';
import { keyRings } from '../../../lib/identity/repository/keys.ts';
import { sessions } from '../../../lib/identity/repository/sessions.ts';
import { adminsEntity, phoneOwners, users } from '../../../lib/identity/repository/users.ts';
import { stoppedAddresses } from '../../../lib/notifications/repository/addresses.ts';
import { contacts } from '../../../lib/notifications/repository/contacts.ts';
import { gatherings } from '../../../lib/notifications/repository/gatherings.ts';
import { notifications } from '../../../lib/notifications/repository/notifications.ts';
import { templateVersions, versionsInUse } from '../../../lib/notifications/repository/template-versions.ts';
import { apiKeys, apiKeyUses } from '../../../lib/platform/auth/api-keys.ts';
import { recordsOf } from '../../../lib/platform/settings/settings-repository.ts';
import type { Entity } from '../../../lib/platform/storage/entity.ts';
import { firstAnswers } from '../../../lib/platform/storage/idempotency.ts';
import { inboundAnswers, inboundMessages } from '../../../lib/sms/inbound/inbound-repository.ts';
import { providerHealth } from '../../../lib/sms/providers/repository/providers.ts';
import { bookEdits } from '../../../lib/sms/repository/book.ts';
import { holidayVersions, presetVersions } from '../../../lib/sms/repository/book-history.ts';
import { legalEntities } from '../../../lib/sms/repository/entities.ts';
import { messages } from '../../../lib/sms/repository/messages.ts';
import { providers } from '../../../lib/sms/repository/provider-facts.ts';
import { quotas } from '../../../lib/sms/repository/quotas.ts';
import { consents, recipients, suppressions } from '../../../lib/sms/repository/recipients.ts';
import { references } from '../../../lib/sms/repository/references.ts';
import { buckets } from '../../../lib/sms/sending/repository/buckets.ts';
import { deliveries, webhooks } from '../../../lib/sms/webhooks/webhook-repository.ts';

/** An entity with its types forgotten. */
// biome-ignore lint/suspicious/noExplicitAny: a function of any thing takes every thing
export type AnyEntity = Pick<Entity<any, any>, 'name' | 'schema' | 'parse' | 'readable' | 'toItem'>;

/** Every entity there is; a test finds those that are missing here. */
export const entities: readonly AnyEntity[] = [
  adminsEntity,
  apiKeys,
  apiKeyUses,
  auditEntries,
  challengePlaces,
  contacts,
  emailProofs,
  firstAnswers,
  keyRings,
  phoneCodes,
  phoneDevices,
  phoneOwners,
  sessions,
  users,
  alerts,
  decisions,
  deskMessages,
  desks,
  executorItems,
  holdingsBlocks,
  journalFacts,
  knownPeople,
  leases,
  lineEntries,
  plans,
  presenceBeats,
  replays,
  rosterEntries,
  threadEntries,
  tickets,
  uploads,
  urgentGrants,
  bookEdits,
  buckets,
  consents,
  deliveries,
  holidayVersions,
  inboundAnswers,
  inboundMessages,
  legalEntities,
  messages,
  presetVersions,
  providerHealth,
  providers,
  quotas,
  recipients,
  references,
  suppressions,
  webhooks,
  gatherings,
  notifications,
  recordsOf(limitSettings),
  stoppedAddresses,
  templateVersions,
  versionsInUse,
];
