import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { activateLegalEntity } from './activate-legal-entity.http.ts';
import { cancelSms } from './cancel-sms.http.ts';
import { checkSms } from './check-sms.http.ts';
import { deactivateLegalEntity } from './deactivate-legal-entity.http.ts';
import { deleteConsent } from './delete-consent.http.ts';
import { deleteEntityProvider } from './delete-entity-provider.http.ts';
import { deleteSuppression } from './delete-suppression.http.ts';
import { deleteWebhook } from './delete-webhook.http.ts';
import { disableSmsProvider } from './disable-sms-provider.http.ts';
import { getHolidays } from './get-holidays.http.ts';
import { getInboundSms } from './get-inbound-sms.http.ts';
import { getLawPreset } from './get-law-preset.http.ts';
import { getLegalEntity } from './get-legal-entity.http.ts';
import { getSms } from './get-sms.http.ts';
import { getSmsProvider } from './get-sms-provider.http.ts';
import { getSmsRecipient } from './get-sms-recipient.http.ts';
import { getSmsSettings } from './get-sms-settings.http.ts';
import { getWebhook } from './get-webhook.http.ts';
import { importConsents } from './import-consents.http.ts';
import { importSuppressions } from './import-suppressions.http.ts';
import { leaveEntityGroup } from './leave-entity-group.http.ts';
import { listConsents } from './list-consents.http.ts';
import { listEntityProviders } from './list-entity-providers.http.ts';
import { listInboundSms } from './list-inbound-sms.http.ts';
import { listLawPresets } from './list-law-presets.http.ts';
import { listLegalEntities } from './list-legal-entities.http.ts';
import { listSms } from './list-sms.http.ts';
import { listSmsProviders } from './list-sms-providers.http.ts';
import { listSmsSettingsHistory } from './list-sms-settings-history.http.ts';
import { listSuppressions } from './list-suppressions.http.ts';
import { listWebhookDeliveries } from './list-webhook-deliveries.http.ts';
import { listWebhooks } from './list-webhooks.http.ts';
import { patchLegalEntity } from './patch-legal-entity.http.ts';
import { patchSmsProvider } from './patch-sms-provider.http.ts';
import { patchSmsSettings } from './patch-sms-settings.http.ts';
import { postConsent } from './post-consent.http.ts';
import { postLawPresetVersion } from './post-law-preset-version.http.ts';
import { postLegalEntity } from './post-legal-entity.http.ts';
import { postSms } from './post-sms.http.ts';
import { postSmsCallback } from './post-sms-callback.http.ts';
import { postSmsInbound } from './post-sms-inbound.http.ts';
import { postSmsProvider } from './post-sms-provider.http.ts';
import { postSmsStatuses } from './post-sms-statuses.http.ts';
import { postSuppression } from './post-suppression.http.ts';
import { postWebhook } from './post-webhook.http.ts';
import { putEntityGroup } from './put-entity-group.http.ts';
import { putEntityProvider } from './put-entity-provider.http.ts';
import { putHolidays } from './put-holidays.http.ts';
import { putSmsRecipient } from './put-sms-recipient.http.ts';
import { resolveInboundSms } from './resolve-inbound-sms.http.ts';
import { withdrawLawPresetVersion } from './withdraw-law-preset-version.http.ts';

/** Every HTTP use case of the SMS module. */
export const endpoints = [
  activateLegalEntity,
  cancelSms,
  checkSms,
  deactivateLegalEntity,
  deleteConsent,
  deleteEntityProvider,
  deleteSuppression,
  deleteWebhook,
  disableSmsProvider,
  getHolidays,
  getInboundSms,
  getLawPreset,
  getLegalEntity,
  getSms,
  getSmsProvider,
  getSmsRecipient,
  getSmsSettings,
  listSmsSettingsHistory,
  patchSmsSettings,
  getWebhook,
  importConsents,
  importSuppressions,
  leaveEntityGroup,
  listConsents,
  listEntityProviders,
  listInboundSms,
  listLawPresets,
  listLegalEntities,
  listSms,
  listSmsProviders,
  listSuppressions,
  listWebhookDeliveries,
  listWebhooks,
  patchLegalEntity,
  patchSmsProvider,
  postConsent,
  postLawPresetVersion,
  postLegalEntity,
  postSms,
  postSmsCallback,
  postSmsInbound,
  postSmsProvider,
  postSmsStatuses,
  postSuppression,
  postWebhook,
  putEntityGroup,
  putEntityProvider,
  putHolidays,
  putSmsRecipient,
  resolveInboundSms,
  withdrawLawPresetVersion,
];

export const handler = httpHandler(endpoints);
