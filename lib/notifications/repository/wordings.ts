import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { ItemPage } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Locale, type TemplateName, type WordingVersion, wordingVersionSchema } from '../model.ts';

const PAD = 8;
const HISTORY = 'V#';

type Which = Pick<WordingVersion, 'template' | 'locale'>;

const partition = ({ template, locale }: Which): string => `TEMPLATE#${template}#${locale}`;

export const wordingsInForce = defineEntity({
  table: 'notifications',
  name: 'notifications.wording-in-force',
  key: (which: Which) => ({ pk: partition(which), sk: 'CURRENT' }),
  schema: wordingVersionSchema,
});

export const wordingHistory = defineEntity({
  table: 'notifications',
  name: 'notifications.wording-version',
  key: ({ version, ...which }: Which & Pick<WordingVersion, 'version'>) => ({
    pk: partition(which),
    sk: `${HISTORY}${String(version).padStart(PAD, '0')}`,
  }),
  schema: wordingVersionSchema,
});

/** The edited wording in force; undefined while the shipped one is. */
export const findWording = (
  rt: Runtime,
  template: TemplateName,
  locale: Locale,
): Promise<WordingVersion | undefined> => wordingsInForce.find(rt, { template, locale });

/** The next version: in force, and in the history, which nothing removes from. */
export const wordingWrites = (rt: Runtime, after: WordingVersion): Write[] => [
  wordingsInForce.next(rt, { version: after.version - 1 }, after),
  wordingHistory.putNew(rt, after),
];

/** Edited versions, newest first. `after`: the version number of the last one given. */
export const listWordings = async (
  rt: Runtime,
  query: { template: TemplateName; locale: Locale; limit: number; after?: number | undefined },
): Promise<ItemPage<WordingVersion, number>> => {
  const { next, ...page } = await wordingHistory.page(rt, {
    pk: partition(query),
    beginsWith: HISTORY,
    limit: query.limit,
    descending: true,
    ...(query.after !== undefined && { after: wordingHistory.key({ ...query, version: query.after }) }),
  });
  return { ...page, ...(next && { next: Number(next.sk.slice(HISTORY.length)) }) };
};
