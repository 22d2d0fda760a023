import type { Runtime } from '../../platform/runtime.ts';
import { type Item, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Locale, TemplateName, WordingVersion } from '../model.ts';

const items = itemsOf('notifications');
const PAD = 8;

const partition = (template: TemplateName, locale: Locale): string => `TEMPLATE#${template}#${locale}`;
const CURRENT = 'CURRENT';
const HISTORY = 'V#';
const historySk = (version: number): string => `${HISTORY}${String(version).padStart(PAD, '0')}`;

const fromItem = ({ pk, sk, ...rest }: Item): WordingVersion => rest as unknown as WordingVersion;

/** The edited wording in force; undefined while the shipped one is. */
export const findWording = async (
  rt: Runtime,
  template: TemplateName,
  locale: Locale,
): Promise<WordingVersion | undefined> => {
  const item = await items.find(rt, { pk: partition(template, locale), sk: CURRENT });
  return item && fromItem(item);
};

/** The next version: in force, and in the history, which nothing removes from. */
export const wordingWrites = (rt: Runtime, after: WordingVersion): Write[] => {
  const pk = partition(after.template, after.locale);
  const current: Item = { ...after, pk, sk: CURRENT };
  return [
    after.version === 1 ? items.putNew(rt, current) : items.putVersion(rt, current, after.version - 1),
    items.putNew(rt, { ...after, pk, sk: historySk(after.version) }),
  ];
};

/** Edited versions, newest first. `after`: the version number of the last one given. */
export const listWordings = async (
  rt: Runtime,
  query: { template: TemplateName; locale: Locale; limit: number; after?: number | undefined },
): Promise<{ versions: WordingVersion[]; next: number | undefined }> => {
  const pk = partition(query.template, query.locale);
  const page = await items.page(rt, {
    pk,
    beginsWith: HISTORY,
    limit: query.limit,
    descending: true,
    ...(query.after !== undefined && { after: { pk, sk: historySk(query.after) } }),
  });
  const last = page.next;
  return {
    versions: page.items.map(fromItem),
    next: last === undefined ? undefined : Number(last.sk.slice(HISTORY.length)),
  };
};
