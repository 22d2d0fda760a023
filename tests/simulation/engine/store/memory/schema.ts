import type { Plain } from '../store.ts';
import { NotModelled, ValidationException } from './errors.ts';
import { type Item, typeOf, type Value } from './values.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** What places an item: its partition and, within it, its sort key. */
export interface Key {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
}

export interface IndexSchema extends Key {
  readonly name: string;
  /** What its entries hold besides keys; undefined: everything. */
  readonly attributes: ReadonlySet<string> | undefined;
}

export interface TableSchema extends Key {
  readonly name: string;
  readonly indexes: readonly IndexSchema[];
}

export const attributesOf = ({ partition, sort }: Key): readonly KeyAttribute[] =>
  sort ? [partition, sort] : [partition];

const keyOf = (keySchema: readonly Plain[], definitions: readonly Plain[]): Key => {
  const attribute = (keyType: string): KeyAttribute | undefined => {
    const name = keySchema.find(({ KeyType }) => KeyType === keyType)?.AttributeName;
    const type = definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    return name && { name, type };
  };
  const partition = attribute('HASH');
  if (!partition) throw new NotModelled('a table without a partition key');
  return { partition, sort: attribute('RANGE') };
};

const projected = ({ ProjectionType, NonKeyAttributes = [] }: Plain, keys: readonly string[]) =>
  ProjectionType === 'ALL' ? undefined : new Set<string>([...keys, ...NonKeyAttributes]);

const KNOWN = new Set([
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'BillingMode',
]);

/** From the input of CreateTable. */
export const tableSchema = (input: Plain): TableSchema => {
  for (const name of Object.keys(input)) if (!KNOWN.has(name)) throw new NotModelled(`tables with ${name}`);
  const key = keyOf(input.KeySchema, input.AttributeDefinitions);
  const indexes = ((input.GlobalSecondaryIndexes ?? []) as Plain[]).map(
    ({ IndexName, KeySchema, Projection }): IndexSchema => {
      const own = keyOf(KeySchema, input.AttributeDefinitions);
      const names = [...attributesOf(key), ...attributesOf(own)].map(({ name }) => name);
      return { ...own, name: IndexName, attributes: projected(Projection, names) };
    },
  );
  return { ...key, name: input.TableName, indexes };
};

const isEmpty = (value: Value): boolean =>
  value === '' || (value instanceof Uint8Array && value.byteLength === 0);

const MOST_BYTES = { partition: 2048, sort: 1024 } as const;

const bytesOf = (value: Value): number => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

const checkSize = (key: Key, item: Item): void => {
  for (const part of ['partition', 'sort'] as const) {
    const value = item[key[part]?.name ?? ''];
    if (value !== undefined && bytesOf(value) > MOST_BYTES[part])
      throw new ValidationException(`Size of the ${part} key has exceeded ${MOST_BYTES[part]} bytes`);
  }
};

/** Throws ValidationException for an item that lacks a part of its key or has one of another type. */
export const checkKey = (schema: TableSchema, item: Item): void => {
  for (const { name, type } of attributesOf(schema)) {
    const value = item[name];
    if (value === undefined) throw new ValidationException(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type)
      throw new ValidationException(
        `Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      );
    if (isEmpty(value))
      throw new ValidationException(`The AttributeValue for a key attribute cannot be empty. Key: ${name}`);
  }
  checkSize(schema, item);
};

/** The same for what a request names an item by, which holds nothing else. */
export const checkNamed = (schema: TableSchema, key: Item): void => {
  if (Object.keys(key).length !== attributesOf(schema).length)
    throw new ValidationException('The provided key element does not match the schema');
  checkKey(schema, key);
};

/** Throws ValidationException for attributes that an index has as keys and that cannot be any. */
export const checkIndexKeys = (schema: TableSchema, item: Item): void => {
  for (const index of schema.indexes) {
    for (const { name, type } of attributesOf(index)) {
      const value = item[name];
      if (value === undefined) continue;
      if (typeOf(value) !== type || isEmpty(value))
        throw new ValidationException(`Type mismatch for Index Key ${name} IndexName: ${index.name}`);
    }
    checkSize(index, item);
  }
};
