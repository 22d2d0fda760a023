import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import type {
  Consent,
  HolidaysDraft,
  HolidayTable,
  LawPreset,
  LegalEntity,
  SmsSettings,
  Suppression,
} from '../core/registry-model.ts';
import { entityIdSchema, providerIdSchema, smsCategories } from '../model.ts';
import { capsSchema, dayHoursSchema, hoursSchema } from './schemas.ts';

const version = z.int().min(0);

export const entityProviderView = lazily(() =>
  z.object({ providerId: providerIdSchema, sender: z.string().optional() }).meta({ id: 'EntityProvider' }),
);

const demandViews = {
  country: z.string(),
  presets: z.partialRecord(z.enum(smsCategories), z.array(z.string())),
  windowForTransactional: z.boolean(),
  limits: z.partialRecord(z.enum(smsCategories), capsSchema()),
};

const nextView = lazily(() =>
  z
    .object({
      from: z.iso.date(),
      ...z.object(demandViews).partial().shape,
      window: hoursSchema().nullable().optional(),
      stopWords: z.array(z.string()).optional(),
    })
    .meta({ description: 'What is looser and still to come, from this day of UTC on.' }),
);

export const entityView = lazily(() =>
  z
    .object({
      entityId: entityIdSchema,
      name: z.string(),
      ...demandViews,
      senderName: z.string().optional(),
      active: z.boolean(),
      window: hoursSchema().optional(),
      stopWords: z.array(z.string()).optional(),
      next: nextView().optional(),
      group: z.object({ groupId: z.string(), until: z.iso.date().optional() }).optional().meta({
        description: 'Shares the caps of the laws with all of the group; `until`: not from this day on.',
      }),
      providers: z.array(entityProviderView()),
      createdAt: z.iso.datetime(),
      version,
    })
    .meta({ id: 'LegalEntity' }),
);
export type EntityView = z.infer<ReturnType<typeof entityView>>;

const copiedPresets = (presets: LegalEntity['presets']) =>
  Object.fromEntries(Object.entries(presets).map(([category, codes]) => [category, [...codes]]));

const copiedDemands = ({ presets, stopWords, ...rest }: NonNullable<LegalEntity['next']>) => ({
  ...rest,
  ...(presets && { presets: copiedPresets(presets) }),
  ...(stopWords && { stopWords: [...stopWords] }),
});

export const toEntityView = ({
  id,
  presets,
  providers,
  limits,
  stopWords,
  group,
  next,
  ...entity
}: LegalEntity): EntityView => ({
  ...entity,
  ...(next && { next: copiedDemands(next) }),
  ...(stopWords && { stopWords: [...stopWords] }),
  ...(group && { group: { ...group } }),
  entityId: id,
  limits: { ...limits },
  presets: copiedPresets(presets),
  providers: providers.map((each) => ({ ...each })),
});

export const presetView = lazily(() =>
  z
    .object({
      code: z.string(),
      version,
      title: z.string(),
      country: z.string(),
      categories: z.array(z.enum(smsCategories)),
      hours: dayHoursSchema().optional(),
      caps: capsSchema().optional(),
      consent: z.boolean().optional(),
      optOut: z.boolean().optional(),
      effectiveFrom: z.string(),
      lawRef: z.string(),
      source: z.string(),
      checkedOn: z.string(),
      unconfirmed: z.array(z.string()),
      withdrawnAt: z.iso.datetime().optional(),
    })
    .meta({
      id: 'LawPreset',
      description: 'One version of a law’s demands. No legal advice: see `unconfirmed`.',
    }),
);
export type PresetView = z.infer<ReturnType<typeof presetView>>;

export const toPresetView = ({ categories, unconfirmed, ...preset }: LawPreset): PresetView => ({
  ...preset,
  categories: [...categories],
  unconfirmed: [...unconfirmed],
});

const daysView = lazily(() =>
  z.object({
    holidays: z.record(z.string(), z.string()),
    workdays: z.array(z.string()),
    source: z.string(),
    unconfirmed: z.array(z.string()),
  }),
);

export const holidaysView = lazily(() =>
  z
    .object({
      country: z.string(),
      year: z.int(),
      ...daysView().shape,
      from: z.iso.date().optional().meta({
        description:
          'Of the first table of a year: not before this day of UTC. Until then the year has none.',
      }),
      next: daysView()
        .extend({ from: z.iso.date() })
        .optional()
        .meta({ description: 'A looser table, from this day of UTC on.' }),
      version,
    })
    .meta({ id: 'HolidayTable' }),
);
export type HolidaysView = z.infer<ReturnType<typeof holidaysView>>;

const copiedDays = ({ holidays, workdays, source, unconfirmed }: HolidaysDraft) => ({
  holidays: { ...holidays },
  workdays: [...workdays],
  source,
  unconfirmed: [...unconfirmed],
});

export const toHolidaysView = ({
  country,
  year,
  from,
  next,
  version: at,
  ...days
}: HolidayTable): HolidaysView => ({
  country,
  year,
  ...copiedDays(days),
  ...(from !== undefined && { from }),
  ...(next && { next: { ...copiedDays(next), from: next.from } }),
  version: at,
});

export const settingsView = lazily(() =>
  z
    .object({
      window: hoursSchema(),
      next: z
        .object({ window: hoursSchema(), from: z.iso.date() })
        .optional()
        .meta({ description: 'A looser window, from this day of UTC on.' }),
      version,
    })
    .meta({ id: 'SmsSettings' }),
);
export const toSettingsView = ({ window, next, version: at }: SmsSettings) => ({
  window: { ...window },
  ...(next && { next: { window: { ...next.window }, from: next.from } }),
  version: at,
});

export const suppressionView = lazily(() =>
  z
    .object({
      phone: z.string(),
      entityId: z.string(),
      categories: z.array(z.enum(smsCategories)),
      stopped: z.array(z.enum(smsCategories)).optional().meta({
        description: 'Those that the phone’s STOP or a provider’s stop-list added; START takes them away.',
      }),
      reason: z.string(),
      source: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
    })
    .meta({ id: 'Suppression' }),
);
export type SuppressionView = z.infer<ReturnType<typeof suppressionView>>;

export const toSuppressionView = ({ categories, stopped, ...suppression }: Suppression): SuppressionView => ({
  ...suppression,
  categories: [...categories],
  ...(stopped && stopped.length > 0 && { stopped: [...stopped] }),
});

export const consentView = lazily(() =>
  z
    .object({
      entityId: entityIdSchema,
      phone: z.string(),
      grantedAt: z.iso.datetime(),
      revokedAt: z.iso.datetime().optional(),
      proof: z.string(),
      by: z.string(),
    })
    .meta({ id: 'Consent' }),
);
export type ConsentView = z.infer<ReturnType<typeof consentView>>;
export const toConsentView = (consent: Consent): ConsentView => ({ ...consent });

export const importView = lazily(() =>
  z
    .object({
      taken: z.int().min(0),
      refused: z.array(z.object({ line: z.int().min(1), problem: z.string(), detail: z.string() })),
      ignoredColumns: z
        .array(z.string())
        .meta({ description: 'Header columns that were ignored, for instance misspelt ones.' }),
    })
    .meta({ id: 'ImportReport', description: 'Rows refused, by line; all others were imported.' }),
);
export type ImportView = z.infer<ReturnType<typeof importView>>;
