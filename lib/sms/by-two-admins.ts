import { byTwo, type ChangeRequest, type Outcome } from '../platform/approvals/by-two.ts';
import {
  type Approved,
  approvalKind,
  defineApprovals,
  type RequestPermit,
} from '../platform/approvals/define-approvals.ts';
import type { Actor } from '../platform/audit.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Idempotency } from '../platform/storage/idempotency.ts';
import { readProviders } from './core/provider-facts-repository.ts';
import type { HolidayTable, SmsSettings } from './core/registry-model.ts';
import {
  addProvider,
  type ClearSecrets,
  editProvider,
  type NewProvider,
  type ProviderEdit,
  sealSecrets,
} from './providers/edit-provider.ts';
import { getProvider } from './providers/provider-repository.ts';
import type { ProviderView } from './providers/provider-view.ts';
import { type EntityEdit, editEntity, linkProvider, type ProviderLink } from './registry/edit-entity.ts';
import { type GroupLeaving, leaveGroup } from './registry/edit-group.ts';
import {
  type PresetVersion,
  type PresetWithdrawal,
  publishPreset,
  withdrawPreset,
} from './registry/edit-presets.ts';
import {
  editHolidays,
  editSettings,
  type HolidaysEdit,
  type SettingsEdit,
} from './registry/edit-rule-config.ts';
import type { EntityView, PresetView } from './registry/registry-view.ts';

/** Of secrets their names. */
const withoutSecrets = <Inputs extends { readonly secrets: object }>(inputs: Inputs): object => ({
  ...inputs,
  secrets: Object.keys(inputs.secrets).toSorted(),
});

/** What loosens a rule and what chooses where sign-in codes go is what two admins do (R-AUTH-08). */
export const smsApprovals = defineApprovals({
  table: 'sms',
  area: 'sms',
  kinds: {
    'sms-settings.changed': approvalKind({
      apply: (rt, inputs: SettingsEdit, how: Approved) => editSettings(rt, { ...inputs, ...how }),
    }),
    'holidays.edited': approvalKind({
      apply: (rt, inputs: HolidaysEdit, how: Approved) => editHolidays(rt, { ...inputs, ...how }),
    }),
    'law-preset.published': approvalKind({
      apply: (rt, inputs: PresetVersion, how: Approved) => publishPreset(rt, { ...inputs, ...how }),
    }),
    'law-preset.withdrawn': approvalKind({
      apply: (rt, inputs: PresetWithdrawal, how: Approved) => withdrawPreset(rt, { ...inputs, ...how }),
    }),
    'legal-entity.edited': approvalKind({
      apply: (rt, inputs: EntityEdit, how: Approved) => editEntity(rt, { ...inputs, ...how }),
    }),
    'legal-entity.group-left': approvalKind({
      apply: (rt, inputs: GroupLeaving, how: Approved) => leaveGroup(rt, { ...inputs, ...how }),
    }),
    'legal-entity.provider-added': approvalKind({
      apply: (rt, inputs: ProviderLink, how: Approved) => linkProvider(rt, { ...inputs, ...how }),
    }),
    'sms-provider.added': approvalKind({
      apply: (rt, inputs: NewProvider, how: Approved) => addProvider(rt, { ...inputs, ...how }),
      shown: withoutSecrets,
    }),
    'sms-provider.edited': approvalKind({
      apply: (rt, inputs: ProviderEdit, how: Approved) => editProvider(rt, { ...inputs, ...how }),
      shown: withoutSecrets,
    }),
  },
});

type Kind = 'kind' | 'subject' | 'reason' | 'idempotency';

/** At once or proposed, with the same inputs. */
const both = <Inputs extends object, T>(
  rt: Runtime,
  change: Pick<ChangeRequest<Inputs>, Kind | 'caller' | 'origin' | 'inputs'>,
  act: (
    rt: Runtime,
    input: Actor & Inputs & { permit: RequestPermit; idempotency?: Idempotency },
  ) => Promise<T>,
): Promise<Outcome<T>> => {
  const { caller, origin, inputs, idempotency } = change;
  return byTwo(rt, smsApprovals, change, (permit) =>
    act(rt, { ...inputs, caller, origin, permit, ...(idempotency && { idempotency }) }),
  );
};

/** A looser standard window. Throws those of `editSettings`; so do the others. */
export const editSettingsByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & SettingsEdit,
): Promise<Outcome<SmsSettings>> => {
  const of = { kind: 'sms-settings.changed', subject: 'settings/sms-settings', reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs }, editSettings);
};

export const editHolidaysByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & HolidaysEdit,
): Promise<Outcome<HolidayTable>> => {
  const subject = `holidays/${inputs.country}-${inputs.year}`;
  const of = { kind: 'holidays.edited', subject, reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs }, editHolidays);
};

export const publishPresetByTwo = (
  rt: Runtime,
  { caller, origin, idempotency, ...inputs }: Actor & PresetVersion & { idempotency: Idempotency },
): Promise<Outcome<PresetView>> => {
  const of = { kind: 'law-preset.published', subject: `law-preset/${inputs.code}`, reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs, idempotency }, publishPreset);
};

export const withdrawPresetByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & PresetWithdrawal,
): Promise<Outcome<PresetView>> => {
  const of = { kind: 'law-preset.withdrawn', subject: `law-preset/${inputs.code}`, reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs }, withdrawPreset);
};

export const editEntityByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & EntityEdit,
): Promise<Outcome<EntityView>> => {
  const subject = `legal-entity/${inputs.entityId}`;
  const of = { kind: 'legal-entity.edited', subject, reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs }, editEntity);
};

export const leaveGroupByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & GroupLeaving,
): Promise<Outcome<EntityView>> => {
  const subject = `legal-entity/${inputs.entityId}`;
  const of = { kind: 'legal-entity.group-left', subject, reason: inputs.reason };
  return both(rt, { ...of, caller, origin, inputs }, leaveGroup);
};

/** The provider is approved as it is now: edited meanwhile, it is proposed anew. */
export const linkProviderByTwo = async (
  rt: Runtime,
  { caller, origin, ...link }: Actor & Omit<ProviderLink, 'providerVersion'>,
): Promise<Outcome<EntityView>> => {
  const facts = (await readProviders(rt)).find(({ id }) => id === link.providerId);
  const inputs: ProviderLink = { ...link, providerVersion: facts?.version };
  const of = { kind: 'legal-entity.provider-added', subject: `legal-entity/${link.entityId}` };
  return byTwo(rt, smsApprovals, { ...of, caller, origin, inputs }, (permit) =>
    linkProvider(rt, { ...link, caller, origin, permit }),
  );
};

export const addProviderByTwo = async (
  rt: Runtime,
  input: Actor & Omit<NewProvider, 'id' | 'secrets'> & { secrets: ClearSecrets; idempotency: Idempotency },
): Promise<Outcome<ProviderView>> => {
  const { caller, origin, idempotency, ...fields } = input;
  const id = rt.ids.next('prv');
  const secrets = await sealSecrets(rt, { id, kind: fields.kind }, input.secrets);
  const inputs: NewProvider = { ...fields, id, secrets };
  const of = { kind: 'sms-provider.added', subject: `sms-provider/${id}` };
  return both(rt, { ...of, caller, origin, inputs, idempotency }, addProvider);
};

export const editProviderByTwo = async (
  rt: Runtime,
  input: Actor & Omit<ProviderEdit, 'secrets'> & { secrets: ClearSecrets },
): Promise<Outcome<ProviderView>> => {
  const { caller, origin, ...edit } = input;
  const secrets = await sealSecrets(rt, await getProvider(rt, edit.providerId), input.secrets);
  const inputs: ProviderEdit = { ...edit, secrets };
  const of = { kind: 'sms-provider.edited', subject: `sms-provider/${edit.providerId}` };
  return both(rt, { ...of, caller, origin, inputs }, editProvider);
};
