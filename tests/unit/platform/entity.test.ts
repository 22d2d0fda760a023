import * as z from 'zod';
import { AppError } from '../../../lib/platform/errors.ts';
import { defineEntity } from '../../../lib/platform/storage/entity.ts';
import type { Item } from '../../../lib/platform/storage/items.ts';
import {
  lazily,
  type ReadBy,
  storedInstant,
  storedTextSet,
} from '../../../lib/platform/storage/stored-schema.ts';
import type { Attributes } from '../../../lib/platform/storage/stored-shape.ts';
import { type OfflineRuntime, offlineRuntime, type Sent } from '../../support/platform/offline-runtime.ts';

const AT = '2026-11-23T08:00:00.000Z';

const boxSchema = lazily(() =>
  z.object({
    id: z.string(),
    deskId: z.string(),
    count: z.int(),
    openedAt: storedInstant().optional(),
    labels: storedTextSet(),
    phones: z.record(z.string(), z.string()).optional(),
    version: z.int(),
  }),
);
type Box = ReadBy<typeof boxSchema>;

const declaration = {
  table: 'audit',
  name: 'test.box',
  key: ({ deskId, id }: Pick<Box, 'deskId' | 'id'>) => ({ pk: `BOXES#${deskId}`, sk: id }),
  schema: boxSchema,
  inKey: {
    attributes: ['id', 'deskId'],
    read: ({ pk, sk }: { pk: string; sk: string }) => ({ id: sk, deskId: pk.slice('BOXES#'.length) }),
  },
  indexes: {
    attributes: ['listPk'],
    of: ({ count }: Box) => ({ listPk: `COUNT#${count}`, expiresAtSec: 7 }),
  },
} as const;
const boxes = defineEntity(declaration);

/** The box as its second version has it: `size` in place of `count`. */
const laterBoxes = defineEntity({
  ...declaration,
  schema: lazily(() => boxSchema().omit({ count: true }).extend({ size: z.int() })),
  indexes: { attributes: ['listPk'], of: () => ({}) },
  migrations: [({ count, ...rest }: Attributes): Attributes => ({ ...rest, size: count })],
});

const box: Box = { id: 'box_1', deskId: 'main', count: 3, labels: ['a', 'b'], openedAt: AT, version: 1 };
const stored: Item = {
  pk: 'BOXES#main',
  sk: 'box_1',
  count: 3,
  labels: new Set(['b', 'a']),
  openedAt: AT,
  version: 1,
};

const worldOf = async (answer?: (sent: Sent) => unknown): Promise<OfflineRuntime> =>
  offlineRuntime(answer && { dynamo: answer });

const refusal = async (work: () => unknown): Promise<AppError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

const metricsOf = ({ lines }: OfflineRuntime) => lines.filter((line) => 'StoredShapeRefused' in line);
const errorsOf = ({ lines }: OfflineRuntime) => lines.filter(({ level }) => level === 'ERROR');

describe('an entity', () => {
  test('lies in the store without what its key says, with what its indexes need', () => {
    expect(boxes.toItem(box, { dueAt: AT })).toEqual({
      ...stored,
      listPk: 'COUNT#3',
      expiresAtSec: 7,
      dueAt: AT,
    });
  });

  test('is read without what only the store needs', async () => {
    const rt = await worldOf(() => ({ Item: boxes.toItem(box, { dueAt: AT, deadline: AT }) }));
    expect(await boxes.find(rt, box)).toEqual(box);
  });

  test('has no empty sets, which the store cannot hold', async () => {
    const item = boxes.toItem({ ...box, labels: [] });
    expect(item.labels).toBeUndefined();
    expect(boxes.parse(await worldOf(), item).labels).toEqual([]);
  });

  test('is not lost by who does not know all of it: what a later version added is written again', async () => {
    const read = boxes.parse(await worldOf(), { ...stored, colour: 'red' });
    expect(boxes.toItem({ ...read, count: 4 })).toMatchObject({ count: 4, colour: 'red' });
  });

  test('is never written as nobody could read it', () => {
    expect(() => boxes.toItem({ ...box, openedAt: 'yesterday' })).toThrow('openedAt (invalid_format)');
  });

  test('is put over the version that was read, and over none when it is new', async () => {
    const rt = await worldOf();
    const conditions = [undefined, { version: 0 }, { version: 4 }].map(
      (before) => boxes.next(rt, before, { ...box, version: 5 }).Put?.ConditionExpression,
    );
    expect(conditions).toEqual([
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
      '#version = :version',
    ]);
  });

  test('is looked for by its key alone', async () => {
    const sent: Sent[] = [];
    const rt = await worldOf((each) => {
      sent.push(each);
      return {};
    });
    expect(await boxes.find(rt, { deskId: 'main', id: 'box_9' })).toBeUndefined();
    const missing = new AppError('missing', 'box-not-found', 'There is no such box.');
    expect(await refusal(() => boxes.get(rt, { deskId: 'main', id: 'box_9' }, () => missing))).toBe(missing);
    expect(sent.map(({ input }) => input.Key)).toEqual([
      { pk: 'BOXES#main', sk: 'box_9' },
      { pk: 'BOXES#main', sk: 'box_9' },
    ]);
  });
});

describe('a shape that the code does not know', () => {
  const broken: readonly (readonly [string, Item])[] = [
    ['an attribute is missing', { pk: 'BOXES#main', sk: 'box_1', count: 3 }],
    ['an attribute is of another type', { ...stored, count: 'three' }],
    ['an instant has another form', { ...stored, openedAt: '2026-11-23T08:00:00Z' }],
    ['it is of a later version', { ...stored, shapeVersion: 2 }],
    ['its version is no number', { ...stored, shapeVersion: '1' }],
  ];

  test.each(broken)('is refused with a code and not handed on: %s', async (_, item) => {
    const rt = await worldOf(() => ({ Item: item }));
    const error = await refusal(() => boxes.find(rt, box));
    expect([error.kind, error.code, error.retryAfterSec]).toEqual([
      'unavailable',
      'stored-shape-unknown',
      60,
    ]);
    expect(metricsOf(rt)).toHaveLength(1);
  });

  test('is left out of a list, which says how many it lacks', async () => {
    const Items = [stored, { ...stored, sk: 'box_2', count: null }, { ...stored, sk: 'box_3' }];
    const rt = await worldOf(() => ({ Items, LastEvaluatedKey: { pk: 'BOXES#main', sk: 'box_3' } }));
    const page = await boxes.page(rt, { pk: 'BOXES#main', limit: 3 });
    expect(page.items.map(({ id }) => id)).toEqual(['box_1', 'box_3']);
    expect(page).toMatchObject({ omitted: 1, next: { sk: 'box_3' } });
  });

  test('stops what would decide on the whole of a list', async () => {
    const rt = await worldOf();
    expect((await refusal(() => boxes.parseAll(rt, [stored, { ...stored, count: null }]))).code).toBe(
      'stored-shape-unknown',
    );
  });

  test('is counted each time and logged once, by attribute and kind of key, without anything that stands there', async () => {
    const rt = await worldOf();
    const phones = { '+491701234567': 17 };
    for (const sk of ['box_1', 'box_2']) {
      boxes.readable(rt, [{ ...stored, pk: 'BOXES#+491701234567', sk, count: 'secret', phones }]);
    }
    expect(metricsOf(rt)).toHaveLength(2);
    const why = 'count (invalid_type), phones (invalid_type)';
    expect(errorsOf(rt)).toEqual([expect.objectContaining({ entity: 'test.box', keyPrefix: 'BOXES', why })]);
    expect(JSON.stringify(rt.lines)).not.toMatch(/secret|box_1|49170|…\d{4}/);
  });
});

describe('a shape of earlier days', () => {
  test('is brought to the one of the code', async () => {
    const { count: _, ...rest } = box;
    expect(laterBoxes.parse(await worldOf(), stored)).toEqual({ ...rest, size: 3 });
  });

  test('is written in the one of the code, which says so', async () => {
    const read = laterBoxes.parse(await worldOf(), stored);
    expect(laterBoxes.toItem(read)).toMatchObject({ size: 3, shapeVersion: 2 });
    expect(laterBoxes.parse(await worldOf(), laterBoxes.toItem(read))).toEqual(read);
  });

  test('is refused where its migration fails', async () => {
    const failing = defineEntity({
      ...declaration,
      migrations: [
        () => {
          throw new Error('a migration that was not made for this');
        },
      ],
    });
    const rt = await worldOf();
    expect((await refusal(() => failing.parse(rt, stored))).code).toBe('stored-shape-unknown');
  });
});
