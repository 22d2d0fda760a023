import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { pageThenLast } from '../../platform/storage/page-then-last.ts';
import type { Write } from '../../platform/storage/write.ts';
import { OWN_ENTITY } from '../model.ts';
import type { LegalEntity } from '../registry/model.ts';
import { demandsInForce } from '../rules/demand-rules.ts';
import {
  checkAbsent,
  checkVersion,
  findItem,
  findItems,
  type Item,
  type Key,
  type Page,
  putNew,
  putVersion,
  queryPage,
} from './table.ts';

export const entityKey = (entityId: string): Key => ({ pk: `ENTITY#${entityId}`, sk: 'ENTITY' });

/** Ids in order of making: what the list walks. */
export const entityList = { name: 'legal-entities', pk: 'ENTITIES' };
/** Behind the id of every entity that was made, before `own`. */
const LAST_MADE = 'ent_z';

/** `own` exists from the start: until somebody edits it, it is this. */
export const ownEntity: LegalEntity = {
  id: OWN_ENTITY,
  name: 'Own messages',
  country: 'RU',
  active: true,
  presets: {},
  windowForTransactional: false,
  limits: {},
  providers: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 0,
};

/** As it is in force at a moment. */
export const entityFromItem = (item: Item, nowMs: number): LegalEntity => {
  const { pk, sk, ...entity } = item;
  return demandsInForce(entity as unknown as LegalEntity, nowMs);
};

export const findEntity = async (rt: Runtime, entityId: string): Promise<LegalEntity | undefined> => {
  const item = await findItem(rt, entityKey(entityId));
  if (item) return entityFromItem(item, rt.clock.nowMs());
  return entityId === OWN_ENTITY ? ownEntity : undefined;
};

export const getEntity = async (rt: Runtime, entityId: string): Promise<LegalEntity> => {
  const entity = await findEntity(rt, entityId);
  if (!entity) throw new AppError('missing', 'legal-entity-not-found', 'There is no such legal entity.');
  return entity;
};

const listMade = async (rt: Runtime, limit: number, after: Item | undefined): Promise<Page<LegalEntity>> => {
  const page = await queryPage(rt, { pk: entityList.pk, to: LAST_MADE, limit, after });
  const found = await findItems(
    rt,
    page.items.map(({ sk }) => entityKey(sk)),
  );
  const nowMs = rt.clock.nowMs();
  const byId = new Map(found.map((item) => [String(item.id), entityFromItem(item, nowMs)]));
  return { ...page, items: page.items.flatMap(({ sk }) => byId.get(sk) ?? []) };
};

/** Entities in order of making, and `own` behind them all, written or not. */
export const listEntities = (
  rt: Runtime,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<LegalEntity>> =>
  pageThenLast({
    pk: entityList.pk,
    end: LAST_MADE,
    limit,
    read: () => listMade(rt, limit, after),
    last: () => getEntity(rt, OWN_ENTITY),
  });

/** Version 0 is the own entity nobody wrote yet. */
export const entityWrites = (rt: Runtime, before: LegalEntity | undefined, after: LegalEntity): Write[] => {
  const item: Item = { ...entityKey(after.id), ...after };
  if (before && before.version > 0) return [putVersion(rt, item, before.version)];
  return [putNew(rt, item), putNew(rt, { pk: entityList.pk, sk: after.id })];
};

/** Holds a transaction to an entity as it was read. */
export const entityUnchanged = (rt: Runtime, { id, version }: LegalEntity): Write =>
  version > 0 ? checkVersion(rt, entityKey(id), version) : checkAbsent(rt, entityKey(id));
