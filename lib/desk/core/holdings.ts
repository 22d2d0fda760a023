import { lazily, storedBytes } from '../../platform/storage/stored-schema.ts';
import type { Executor } from '../model.ts';

/**
 * The tickets an executor holds, as they are stored: some beside the executor's other attributes, the rest in blocks,
 * items of their own. An executor's item is written with every assignment, and must stay within a kilobyte whatever they
 * hold; a block is written when the tickets beside the executor have become too many, or one of its own leaves.
 */
export type Holding = 'ordinary' | 'urgent' | 'parked';
export type Holdings = ReadonlyMap<string, Holding>;

export interface Layout {
  readonly inline: Holdings;
  readonly blocks: ReadonlyMap<number, Holdings>;
}

export const emptyLayout: Layout = { inline: new Map(), blocks: new Map() };

/** 16 bytes each: with the executor's other attributes below a kilobyte, one write unit. */
const INLINE = 24;
/** Below two kilobytes, two write units. */
const BLOCK = 100;

export const holdingsOf = ({ open, openUrgent, parked }: Executor): Holdings => {
  const urgent = new Set(openUrgent);
  return new Map([
    ...parked.map((id) => [id, 'parked'] as const),
    ...open.map((id) => [id, urgent.has(id) ? 'urgent' : 'ordinary'] as const),
  ]);
};

export const setsOf = (all: readonly Holdings[]): Pick<Executor, 'open' | 'openUrgent' | 'parked'> => {
  const held = all.flatMap((each) => [...each]).sort(([a], [b]) => (a < b ? -1 : 1));
  const ids = (...kinds: readonly Holding[]) =>
    held.flatMap(([id, kind]) => (kinds.includes(kind) ? [id] : []));
  return { open: ids('ordinary', 'urgent'), openUrgent: ids('urgent'), parked: ids('parked') };
};

/** How many are held of each kind, in the order of the executor's lists: open, urgent among them, parked. */
export type HeldTally = readonly [open: number, openUrgent: number, parked: number];

export const tallyOf = ({
  open,
  openUrgent,
  parked,
}: Pick<Executor, 'open' | 'openUrgent' | 'parked'>): HeldTally => [
  open.length,
  openUrgent.length,
  parked.length,
];

/** What is left of a part, each ticket as it is held now. */
const kept = (part: Holdings, now: Holdings): Holdings =>
  new Map([...part.keys()].flatMap((id) => (now.has(id) ? [[id, now.get(id) as Holding]] : [])));

const same = (a: Holdings, b: Holdings): boolean =>
  a.size === b.size && [...a].every(([id, kind]) => b.get(id) === kind);

/** Puts what does not fit beside the executor into blocks: those with room first, then new ones. */
const spilled = (inline: Holdings, blocks: ReadonlyMap<number, Holdings>): Layout => {
  if (inline.size <= INLINE) return { inline, blocks };
  const next = new Map(blocks);
  let rest = [...inline];
  for (let number = 1; rest.length > 0; number += 1) {
    const block = next.get(number) ?? new Map<string, Holding>();
    const room = BLOCK - block.size;
    // A block that would take only a few of them costs a write of its own.
    if (room < Math.min(rest.length, INLINE)) continue;
    next.set(number, new Map([...block, ...rest.slice(0, room)]));
    rest = rest.slice(room);
  }
  return { inline: new Map(), blocks: next };
};

export interface NextLayout extends Layout {
  /** Numbers of the blocks that are no longer as they were; an empty one is to be removed. */
  readonly changed: readonly number[];
}

/** Where tickets are stored in the executor's next version. A ticket in a block stays there until it leaves the hand. */
export const nextLayout = (before: Layout, now: Holdings): NextLayout => {
  const inBlocks = new Map([...before.blocks].map(([number, block]) => [number, kept(block, now)]));
  const elsewhere = new Set([...inBlocks.values()].flatMap((block) => [...block.keys()]));
  const inline = new Map([...now].filter(([id]) => !elsewhere.has(id)));
  const after = spilled(inline, inBlocks);
  const changed = [...after.blocks].flatMap(([number, block]) =>
    same(block, before.blocks.get(number) ?? new Map()) ? [] : [number],
  );
  return {
    inline: after.inline,
    blocks: new Map([...after.blocks].filter(([, block]) => block.size > 0)),
    changed,
  };
};

const PREFIX = 'tkt_';
const BYTES = 16;

const bytesOf = (id: string): Buffer => {
  const bytes = Buffer.from(id.slice(PREFIX.length).replaceAll('-', ''), 'hex');
  if (bytes.length !== BYTES || idOf(bytes) !== id) throw new Error('the id of a ticket is no UUID');
  return bytes;
};

const idOf = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes).toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${PREFIX}${parts.join('-')}`;
};

const attributes = { ordinary: 'heldOrdinary', urgent: 'heldUrgent', parked: 'heldParked' } as const;
const kinds = Object.keys(attributes) as Holding[];

/** Attributes of an item: ids without their prefix, as the 16 bytes of a UUID, one after the other. */
export const packedFields = lazily(() => {
  const ids = storedBytes(BYTES).optional();
  return { heldOrdinary: ids, heldUrgent: ids, heldParked: ids };
});
export type PackedHoldings = {
  readonly [Name in keyof ReturnType<typeof packedFields>]?: Uint8Array | undefined;
};

export const packedHoldings = (part: Holdings): PackedHoldings =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const own = [...part].filter(([, each]) => each === kind).map(([id]) => bytesOf(id));
      return own.length > 0 ? [[attributes[kind], Buffer.concat(own)]] : [];
    }),
  );

export const unpackedHoldings = (item: PackedHoldings): Holdings =>
  new Map(
    kinds.flatMap((kind) => {
      const bytes = item[attributes[kind]] ?? new Uint8Array();
      const count = bytes.length / BYTES;
      return Array.from(
        { length: count },
        (_, index) => [idOf(bytes.subarray(index * BYTES, (index + 1) * BYTES)), kind] as const,
      );
    }),
  );
