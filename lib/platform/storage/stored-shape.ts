import type * as z from 'zod';
import { AppError } from '../errors.ts';
import { count } from '../metrics.ts';
import type { Runtime } from '../runtime.ts';
import type { ItemKey } from './items.ts';

/** Attributes as they lie in the store. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Brings an item from the shape before to the next one. It is given the stored item, keys included. */
export type Migration = (item: Attributes) => Attributes;

/** What reading an item needs to know of its entity. */
export interface Shape {
  readonly name: string;
  readonly schema: () => z.ZodType;
  readonly migrations: readonly Migration[];
}

/** Number of the shape an item was written in. Absent in the first one, so that it costs nothing before it is needed. */
export const SHAPE = 'shapeVersion';

export type ReadShape =
  | { readonly kind: 'known'; readonly value: unknown }
  /** `why`: attributes and what was found amiss, never their values. */
  | { readonly kind: 'unknown'; readonly why: string };

const unknown = (why: string): ReadShape => ({ kind: 'unknown', why });

/** The shape of the code: the first one, and one more for each migration. */
export const currentShape = ({ migrations }: Pick<Shape, 'migrations'>): number => migrations.length + 1;

const migrated = ({ migrations }: Shape, item: Attributes, shape: number): Attributes | undefined => {
  try {
    return migrations.slice(shape - 1).reduce((before, migrate) => migrate(before), item);
  } catch {
    return undefined;
  }
};

/** An item as its schema reads it, brought there from an older shape. `withoutKeys` leaves the thing's own attributes. */
export const readShape = (
  entity: Shape,
  item: Attributes,
  withoutKeys: (item: Attributes) => Attributes,
): ReadShape => {
  const shape = item[SHAPE] ?? 1;
  if (typeof shape !== 'number' || !Number.isInteger(shape) || shape < 1)
    return unknown(`${SHAPE} (no number)`);
  if (shape > currentShape(entity)) return unknown(`${SHAPE} (${shape}, later than ${currentShape(entity)})`);
  const attributes = migrated(entity, item, shape);
  if (!attributes) return unknown(`${SHAPE} (${shape}, not to be migrated)`);
  const read = entity.schema().safeParse(withoutKeys(attributes));
  if (read.success) return { kind: 'known', value: read.data };
  // The first step of a path names an attribute; what follows may be a key of a record, a phone for one.
  const issues = read.error.issues.map(({ path, code }) => `${String(path[0] ?? 'item')} (${code})`);
  return unknown([...new Set(issues)].sort().join(', '));
};

/** What was logged, by the store's client, which lives as long as the process does. */
const logged = new WeakMap<object, Set<string>>();

/** Counts each refusal, and logs each kind of it once a process: a list may meet thousands. */
export const noteRefusal = (rt: Runtime, { name }: Pick<Shape, 'name'>, item: ItemKey, why: string): void => {
  count(rt, 'StoredShapeRefused', { entity: name });
  const before = logged.get(rt.dynamo) ?? new Set<string>();
  logged.set(rt.dynamo, before);
  const kind = `${name}: ${why}`;
  if (before.has(kind)) return;
  before.add(kind);
  // Behind the first `#` there may be a phone.
  rt.log.error('stored shape unknown', { entity: name, keyPrefix: String(item.pk).split('#', 1)[0], why });
};

/** Counts and logs a refusal, and makes its error. */
export const refused = (rt: Runtime, entity: Pick<Shape, 'name'>, item: ItemKey, why: string): AppError => {
  noteRefusal(rt, entity, item, why);
  return shapeUnknown();
};

/** A later deployment may mend it and no caller can: so it is 503, and a message is tried again and kept. */
const RETRY_SEC = 60;

const CODE = 'stored-shape-unknown';

export const isShapeUnknown = (error: unknown): boolean => error instanceof AppError && error.code === CODE;

const shapeUnknown = (): AppError =>
  new AppError(
    'unavailable',
    CODE,
    'What is stored here has a form that this version does not know. An alarm was raised.',
    { retryAfterSec: RETRY_SEC },
  );
