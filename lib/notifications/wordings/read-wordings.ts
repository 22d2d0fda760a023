import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { catalogue } from '../catalogue.ts';
import type { Locale } from '../model.ts';
import { findWording, listWordings } from '../repository/wordings.ts';
import { templateNamed, toWordingView, type WordingView } from './wording-view.ts';

interface Which {
  readonly template: string;
  readonly locale: Locale;
}

/** The wording in force: the edited one, else the one we ship. Throws `template-not-found`. */
export const readWording = async (rt: Runtime, { template: name, locale }: Which): Promise<WordingView> => {
  const template = templateNamed(name);
  const wording = (await findWording(rt, template, locale)) ?? catalogue[template].shipped[locale];
  return toWordingView({ template, locale }, wording);
};

const place = z.object({ version: z.int().min(1) });

/** Edited versions, newest first. Throws `template-not-found`, `invalid-cursor`. */
export const readWordings = async (
  rt: Runtime,
  query: Which & { limit: number; cursor?: string | undefined },
): Promise<Page<WordingView>> => {
  const template = templateNamed(query.template);
  const { locale, limit, cursor } = query;
  const list = `wordings:${template}:${locale}`;
  const given = cursor === undefined ? undefined : place.safeParse(decodeCursor(list, cursor));
  if (given?.success === false)
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
  const page = await listWordings(rt, { template, locale, limit, after: given?.data.version });
  return {
    items: page.items.map((each) => toWordingView({ template, locale }, each)),
    nextCursor: page.next === undefined ? null : encodeCursor(list, { version: page.next }),
    ...omittedOf(page),
  };
};
