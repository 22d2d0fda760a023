import type { Runtime } from '../../platform/runtime.ts';
import type { Sms, SmsState } from '../model.ts';
import { listPkOf, listSmsByIds } from '../repository/messages.ts';
import { type Item, type Key, type Page, queryIndex } from '../repository/table.ts';

export interface SmsFilter {
  /** One of both is given. */
  readonly entityId?: string | undefined;
  readonly phone?: string | undefined;
  readonly state?: SmsState | undefined;
}

const partitionOf = ({ entityId, phone }: SmsFilter) =>
  entityId === undefined
    ? ({ index: 'byPhone', partition: ['phonePk', phone ?? ''] } as const)
    : ({ index: 'byList', partition: ['listPk', listPkOf(entityId)] } as const);

const fits =
  ({ entityId, phone, state }: SmsFilter) =>
  (sms: Sms) =>
    (entityId === undefined || sms.entityId === entityId) &&
    (phone === undefined || sms.phone === phone) &&
    (state === undefined || sms.state === state);

const idOf = ({ pk }: Key): string => pk.slice('SMS#'.length);

/**
 * Messages of an entity or to a phone, newest first. A page is filtered after it is read: it may hold fewer than asked
 * for, even none, and still have a next one.
 */
export const listSms = async (
  rt: Runtime,
  filter: SmsFilter,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Sms>> => {
  const page = await queryIndex(rt, { ...partitionOf(filter), limit, after, descending: true });
  const items = await listSmsByIds(rt, page.items.map(idOf));
  return { items: items.filter(fits(filter)), ...(page.next && { next: page.next }) };
};
