import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { ItemPage } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Locale, type TemplateName, type TemplateVersion, templateVersionSchema } from '../model.ts';

const PAD = 8;
const HISTORY = 'V#';

type Which = Pick<TemplateVersion, 'template' | 'locale'>;

const partition = ({ template, locale }: Which): string => `TEMPLATE#${template}#${locale}`;

export const versionsInUse = defineEntity({
  table: 'notifications',
  name: 'notifications.template-version-in-use',
  key: (which: Which) => ({ pk: partition(which), sk: 'CURRENT' }),
  schema: templateVersionSchema,
});

export const templateVersions = defineEntity({
  table: 'notifications',
  name: 'notifications.template-version',
  key: ({ version, ...which }: Which & Pick<TemplateVersion, 'version'>) => ({
    pk: partition(which),
    sk: `${HISTORY}${String(version).padStart(PAD, '0')}`,
  }),
  schema: templateVersionSchema,
});

/** The edited template version in force; undefined while the shipped one is. */
export const findTemplateVersion = (
  rt: Runtime,
  template: TemplateName,
  locale: Locale,
): Promise<TemplateVersion | undefined> => versionsInUse.find(rt, { template, locale });

/** The next version: in force, and in the history, which nothing removes from. */
export const templateVersionWrites = (rt: Runtime, after: TemplateVersion): Write[] => [
  versionsInUse.next(rt, { version: after.version - 1 }, after),
  templateVersions.putNew(rt, after),
];

/** Edited versions, newest first. `after`: the version number of the last one given. */
export const listTemplateVersions = async (
  rt: Runtime,
  query: { template: TemplateName; locale: Locale; limit: number; after?: number | undefined },
): Promise<ItemPage<TemplateVersion, number>> => {
  const { next, ...page } = await templateVersions.page(rt, {
    pk: partition(query),
    beginsWith: HISTORY,
    limit: query.limit,
    descending: true,
    ...(query.after !== undefined && { after: templateVersions.key({ ...query, version: query.after }) }),
  });
  return { ...page, ...(next && { next: Number(next.sk.slice(HISTORY.length)) }) };
};
