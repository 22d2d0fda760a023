import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { catalogue, type TemplateEntry } from '../catalogue.ts';
import {
  type BrokenPart,
  channels,
  locales,
  type TemplateContent,
  type TemplateName,
  type TemplateVersion,
  templateNames,
} from '../model.ts';
import { variablesOf } from '../rendering/render.ts';

const MAX_SUBJECT_CHARS = 200;
const MAX_TEXT_CHARS = 10_000;
const MAX_SMS_CHARS = 500;

export const templateParams = lazily(() =>
  z.strictObject({
    template: z
      .string()
      .regex(/^[a-z-]{1,60}$/)
      .meta({ description: `One of ${templateNames.join(', ')}.` }),
  }),
);

export const localeSchema = z.enum(locales);

/** The words of a template, in Liquid. `html` is the content of the body element. */
export const templateContentSchema = z.strictObject({
  subject: z.string().min(1).max(MAX_SUBJECT_CHARS),
  text: z.string().min(1).max(MAX_TEXT_CHARS),
  html: z.string().min(1).max(MAX_TEXT_CHARS),
  sms: z.string().min(1).max(MAX_SMS_CHARS).optional(),
});

export const templateVersionView = lazily(() =>
  z
    .object({
      template: z.enum(templateNames),
      locale: localeSchema,
      version: z.int().min(0).meta({ description: '0: the version shipped with the product.' }),
      at: z.iso.datetime().nullable(),
      actorId: z.string().nullable(),
      ...templateContentSchema.shape,
    })
    .meta({ id: 'NotificationTemplateVersion' }),
);
export type TemplateVersionView = z.infer<ReturnType<typeof templateVersionView>>;

export const templateView = lazily(() =>
  z
    .object({
      template: z.enum(templateNames),
      audience: z.string(),
      when: z.string(),
      channels: z.array(z.enum(channels)),
      essential: z.boolean().meta({ description: 'Goes as SMS to a recipient without a confirmed address.' }),
      validSec: z.int().meta({ description: 'Nothing is sent later than this after it was asked for.' }),
      variables: z.array(z.string()),
      sample: z.record(z.string(), z.unknown()),
    })
    .meta({ id: 'NotificationTemplate' }),
);
export type TemplateView = z.infer<ReturnType<typeof templateView>>;

/** Throws `template-not-found`. */
export const templateNamed = (name: string): TemplateName => {
  const found = templateNames.find((each) => each === name);
  if (found) return found;
  throw new AppError('missing', 'template-not-found', 'There is no such template.');
};

export const toTemplateView = (template: TemplateName): TemplateView => {
  const entry: TemplateEntry = catalogue[template];
  const { audience, when, channels: ways, essential, validSec, sample } = entry;
  const variables = variablesOf(entry);
  return {
    template,
    audience,
    when,
    channels: [...ways],
    essential,
    validSec,
    variables,
    sample: { ...sample },
  };
};

export const toTemplateVersionView = (
  which: Pick<TemplateVersionView, 'template' | 'locale'>,
  content: TemplateVersion | TemplateContent,
): TemplateVersionView => {
  const { subject, text, html, sms } = content;
  const edited = 'version' in content ? content : undefined;
  return {
    template: which.template,
    locale: which.locale,
    version: edited?.version ?? 0,
    at: edited?.at ?? null,
    actorId: edited?.actorId ?? null,
    subject,
    text,
    html,
    ...(sms !== undefined && { sms }),
  };
};

/** A template version nobody could be sent: each broken part by its field. */
export const brokenTemplate = (broken: readonly BrokenPart[]): AppError =>
  new AppError('unprocessable', 'template-broken', 'The template version cannot be rendered.', {
    details: broken.map(({ part, message }) => ({ path: `body.${part}`, message })),
  });
