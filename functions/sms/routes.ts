import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { activateLegalEntityRoute } from './activate-legal-entity.http.ts';
import { cancelSmsRoute } from './cancel-sms.http.ts';
import { checkSmsRoute } from './check-sms.http.ts';
import { deactivateLegalEntityRoute } from './deactivate-legal-entity.http.ts';
import { deleteConsentRoute } from './delete-consent.http.ts';
import { deleteEntityProviderRoute } from './delete-entity-provider.http.ts';
import { deleteSuppressionRoute } from './delete-suppression.http.ts';
import { disableSmsProviderRoute } from './disable-sms-provider.http.ts';
import { getHolidaysRoute } from './get-holidays.http.ts';
import { getInboundSmsRoute } from './get-inbound-sms.http.ts';
import { getLawPresetRoute } from './get-law-preset.http.ts';
import { getLegalEntityRoute } from './get-legal-entity.http.ts';
import { getSmsRoute } from './get-sms.http.ts';
import { getSmsProviderRoute } from './get-sms-provider.http.ts';
import { getSmsRecipientRoute } from './get-sms-recipient.http.ts';
import { getSmsSettingsRoute } from './get-sms-settings.http.ts';
import { importConsentsRoute } from './import-consents.http.ts';
import { importSuppressionsRoute } from './import-suppressions.http.ts';
import { leaveEntityGroupRoute } from './leave-entity-group.http.ts';
import { listConsentsRoute } from './list-consents.http.ts';
import { listEntityProvidersRoute } from './list-entity-providers.http.ts';
import { listInboundSmsRoute } from './list-inbound-sms.http.ts';
import { listLawPresetsRoute } from './list-law-presets.http.ts';
import { listLegalEntitiesRoute } from './list-legal-entities.http.ts';
import { listSmsRoute } from './list-sms.http.ts';
import { listSmsProvidersRoute } from './list-sms-providers.http.ts';
import { listSmsSettingsHistoryRoute } from './list-sms-settings-history.http.ts';
import { listSuppressionsRoute } from './list-suppressions.http.ts';
import { patchLegalEntityRoute } from './patch-legal-entity.http.ts';
import { patchSmsProviderRoute } from './patch-sms-provider.http.ts';
import { patchSmsSettingsRoute } from './patch-sms-settings.http.ts';
import { postConsentRoute } from './post-consent.http.ts';
import { postLawPresetVersionRoute } from './post-law-preset-version.http.ts';
import { postLegalEntityRoute } from './post-legal-entity.http.ts';
import { postSmsRoute } from './post-sms.http.ts';
import { postSmsCallbackRoute } from './post-sms-callback.http.ts';
import { postSmsInboundRoute } from './post-sms-inbound.http.ts';
import { postSmsProviderRoute } from './post-sms-provider.http.ts';
import { postSmsStatusesRoute } from './post-sms-statuses.http.ts';
import { postSuppressionRoute } from './post-suppression.http.ts';
import { smsProposals } from './proposals.http.ts';
import { putEntityGroupRoute } from './put-entity-group.http.ts';
import { putEntityProviderRoute } from './put-entity-provider.http.ts';
import { putHolidaysRoute } from './put-holidays.http.ts';
import { putSmsRecipientRoute } from './put-sms-recipient.http.ts';
import { resolveInboundSmsRoute } from './resolve-inbound-sms.http.ts';
import { withdrawLawPresetVersionRoute } from './withdraw-law-preset-version.http.ts';

/** Every HTTP use case of the SMS module. */
export const endpoints = [
  activateLegalEntityRoute,
  cancelSmsRoute,
  checkSmsRoute,
  deactivateLegalEntityRoute,
  deleteConsentRoute,
  deleteEntityProviderRoute,
  deleteSuppressionRoute,
  disableSmsProviderRoute,
  getHolidaysRoute,
  getInboundSmsRoute,
  getLawPresetRoute,
  getLegalEntityRoute,
  getSmsRoute,
  getSmsProviderRoute,
  getSmsRecipientRoute,
  getSmsSettingsRoute,
  listSmsSettingsHistoryRoute,
  patchSmsSettingsRoute,
  importConsentsRoute,
  importSuppressionsRoute,
  leaveEntityGroupRoute,
  listConsentsRoute,
  listEntityProvidersRoute,
  listInboundSmsRoute,
  listLawPresetsRoute,
  listLegalEntitiesRoute,
  listSmsRoute,
  listSmsProvidersRoute,
  listSuppressionsRoute,
  patchLegalEntityRoute,
  patchSmsProviderRoute,
  postConsentRoute,
  postLawPresetVersionRoute,
  postLegalEntityRoute,
  postSmsRoute,
  postSmsCallbackRoute,
  postSmsInboundRoute,
  postSmsProviderRoute,
  postSmsStatusesRoute,
  postSuppressionRoute,
  putEntityGroupRoute,
  putEntityProviderRoute,
  putHolidaysRoute,
  putSmsRecipientRoute,
  resolveInboundSmsRoute,
  withdrawLawPresetVersionRoute,
  ...smsProposals,
];

export const handler = httpHandler(endpoints);
