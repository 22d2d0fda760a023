import * as z from 'zod';

/** Made on first use, and once: building a schema takes up to a millisecond of a cold start. */
export const lazily = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

type Plain = string | number | boolean | bigint | null | undefined | Uint8Array;

/** As things are passed around: read-only. */
export type ReadonlyDeep<T> = unknown extends T
  ? T
  : T extends Plain
    ? T
    : T extends Set<infer Member>
      ? ReadonlySet<ReadonlyDeep<Member>>
      : { readonly [Name in keyof T]: ReadonlyDeep<T[Name]> };

/** What a lazy schema reads: `type Ticket = ReadBy<typeof ticketSchema>`. */
export type ReadBy<Schema extends () => z.ZodType> = ReadonlyDeep<z.output<ReturnType<Schema>>>;

/** `2026-11-23T08:00:00.000Z`: in any other form it would sort elsewhere. */
export const storedInstant = lazily(() => z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));

/** `2026-11-23` */
export const storedDay = lazily(() => z.string().regex(/^\d{4}-\d\d-\d\d$/));

/** Bytes, in whole pieces of `of`. */
export const storedBytes = (of = 1) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length % of === 0);

/** Instants by an id; left out while there are none, since hundreds of items are read at a time and paid by their size. */
export const storedInstantsById = lazily(() =>
  z.codec(z.record(z.string(), storedInstant()).optional(), z.record(z.string(), storedInstant()), {
    decode: (instants) => instants ?? {},
    encode: (instants) => (Object.keys(instants).length > 0 ? instants : undefined),
  }),
);

/** A set of texts, which the store holds as a set of its own and cannot hold empty; sorted when it is read. */
export const storedTextSet = lazily(() =>
  z.codec(z.set(z.string()).optional(), z.array(z.string()), {
    decode: (texts) => [...(texts ?? [])].sort(),
    encode: (texts) => (texts.length > 0 ? new Set(texts) : undefined),
  }),
);
