import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import { pageThenLast } from '../platform/storage/page-then-last.ts';
import type { Write } from '../platform/storage/write.ts';
import { type LegalEntity, legalEntitySchema } from './core/registry-model.ts';
import { type Item, type Page, putNew, queryPage } from './core/table.ts';
import { OWN_ENTITY } from './model.ts';
import { demandsInForce } from './rules/demands.ts';

export const legalEntities = defineEntity({
  table: 'sms',
  name: 'sms.legal-entity',
  key: ({ id }: Pick<LegalEntity, 'id'>) => ({ pk: `ENTITY#${id}`, sk: 'ENTITY' }),
  schema: legalEntitySchema,
});

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

/** As it is in force at a moment, stored or shipped. */
export const entityInForce = (
  stored: LegalEntity | undefined,
  entityId: string,
  nowMs: number,
): LegalEntity | undefined =>
  stored ? demandsInForce(stored, nowMs) : entityId === OWN_ENTITY ? ownEntity : undefined;

export const findEntity = async (rt: Runtime, entityId: string): Promise<LegalEntity | undefined> =>
  entityInForce(await legalEntities.find(rt, { id: entityId }), entityId, rt.clock.nowMs());

export const getEntity = async (rt: Runtime, entityId: string): Promise<LegalEntity> => {
  const entity = await findEntity(rt, entityId);
  if (!entity) throw new AppError('missing', 'legal-entity-not-found', 'There is no such legal entity.');
  return entity;
};

const listMade = async (rt: Runtime, limit: number, after: Item | undefined): Promise<Page<LegalEntity>> => {
  const page = await queryPage(rt, { pk: entityList.pk, to: LAST_MADE, limit, after });
  const ids = page.items.map(({ sk }) => sk);
  const found = await legalEntities.listByKeys(
    rt,
    ids.map((id) => ({ id })),
  );
  const nowMs = rt.clock.nowMs();
  const byId = new Map(found.items.map((entity) => [entity.id, demandsInForce(entity, nowMs)]));
  return { ...page, ...found, items: ids.flatMap((id) => byId.get(id) ?? []) };
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
export const entityWrites = (rt: Runtime, before: LegalEntity | undefined, after: LegalEntity): Write[] => [
  legalEntities.next(rt, before, after),
  ...(before && before.version > 0 ? [] : [putNew(rt, { pk: entityList.pk, sk: after.id })]),
];

/** Holds a transaction to an entity as it was read. */
export const entityUnchanged = (rt: Runtime, entity: LegalEntity): Write =>
  legalEntities.unchanged(rt, entity);
