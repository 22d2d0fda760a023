import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { type ReadMark, readMarkSchema } from './read-mark.ts';
import { deskTable, type Key } from './table.ts';

const READ = 'READ#';

export const readMarks = defineEntity({
  table: 'desk',
  name: 'desk.read-mark',
  key: ({ ticketId, userId }: Pick<ReadMark, 'ticketId' | 'userId'>): Key => ({
    pk: `TICKET#${ticketId}`,
    sk: `${READ}${userId}`,
  }),
  schema: readMarkSchema,
});

export const isReadMark = ({ sk }: Key): boolean => sk.startsWith(READ);

/** Stores a mark over the one that was read; false when another request was first. An item of its own, written by its user alone. */
export const storeMark = (rt: Runtime, before: ReadMark | undefined, after: ReadMark): Promise<boolean> => {
  const { pk, sk, ...attributes } = readMarks.toItem(after);
  const names = Object.keys(attributes);
  return updateIf(rt, {
    TableName: deskTable(rt),
    Key: { pk, sk },
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: before ? '#version = :before' : 'attribute_not_exists(pk)',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      ...(before && { ':before': before.version }),
    },
  });
};
