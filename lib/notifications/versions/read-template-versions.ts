import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { catalogue } from '../catalogue.ts';
import type { Locale } from '../model.ts';
import { findTemplateVersion, listTemplateVersions } from './template-version-repository.ts';
import { type TemplateVersionView, templateNamed, toTemplateVersionView } from './template-version-view.ts';

interface Which {
  readonly template: string;
  readonly locale: Locale;
}

/** The template version in force: the edited one, else the one we ship. Throws `template-not-found`. */
export const readTemplateVersion = async (
  rt: Runtime,
  { template: name, locale }: Which,
): Promise<TemplateVersionView> => {
  const template = templateNamed(name);
  const content = (await findTemplateVersion(rt, template, locale)) ?? catalogue[template].shipped[locale];
  return toTemplateVersionView({ template, locale }, content);
};

const place = z.object({ version: z.int().min(1) });

/** Edited versions, newest first. Throws `template-not-found`, `invalid-cursor`. */
export const readTemplateVersions = async (
  rt: Runtime,
  query: Which & { limit: number; cursor?: string | undefined },
): Promise<Page<TemplateVersionView>> => {
  const template = templateNamed(query.template);
  const { locale, limit, cursor } = query;
  const list = `template-versions:${template}:${locale}`;
  const given = cursor === undefined ? undefined : place.safeParse(decodeCursor(list, cursor));
  if (given?.success === false)
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
  const page = await listTemplateVersions(rt, { template, locale, limit, after: given?.data.version });
  return {
    items: page.items.map((each) => toTemplateVersionView({ template, locale }, each)),
    nextCursor: page.next === undefined ? null : encodeCursor(list, { version: page.next }),
    ...omittedOf(page),
  };
};
