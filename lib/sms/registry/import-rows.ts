import { parse } from 'csv-parse/sync';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { parsePhone } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { SmsCategory } from '../model.ts';
import { getEntity } from '../repository/entities.ts';
import { consentWrite, suppressionWrite } from '../repository/recipients.ts';
import { audited, type By } from './by.ts';
import { refuseOtp } from './edit-suppressions.ts';
import type { ImportView } from './registry-view.ts';

/** More go in by several requests. */
export const MAX_ROWS = 1000;
/** A transaction holds 100 actions: these, the outbox row and the answer's record. */
const CHUNK = 90;

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Rows by column name. Throws `csv-invalid` (422): not CSV, no column `phone`, too many rows. */
const readRows = (csv: string): Row[] => {
  try {
    const parsed = parse(csv, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as {
      record: Record<string, string>;
      info: { lines: number };
    }[];
    const rows = parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
    if (rows.some(({ cells }) => cells.phone === undefined)) throw new Error('it has no column "phone"');
    if (rows.length > MAX_ROWS) throw new Error(`it has more than ${MAX_ROWS} rows`);
    return rows;
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new AppError('unprocessable', 'csv-invalid', `The CSV is refused: ${why}.`, { cause: error });
  }
};

type Read<T> = { readonly taken: T[]; readonly refused: ImportView['refused'] };

const readAll = <T>(rows: readonly Row[], read: (cells: Row['cells']) => T | string): Read<T> => {
  const all = rows.map(({ line, cells }) => ({ line, outcome: read(cells) }));
  return {
    taken: all.flatMap(({ outcome }) => (typeof outcome === 'string' ? [] : [outcome])),
    refused: all.flatMap(({ line, outcome }) =>
      typeof outcome === 'string' ? [{ line, problem: outcome }] : [],
    ),
  };
};

const lastOfEach = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

interface Import {
  readonly by: By;
  readonly idempotency: Idempotency;
  readonly action: string;
  readonly subject: string;
  readonly writes: readonly Write[];
  readonly refused: ImportView['refused'];
}

/**
 * Puts replace what stands there, so an import that broke off half-way is simply repeated. The audit entry and the
 * answer's record come with the last chunk.
 */
const putAll = async (
  rt: Runtime,
  { by, idempotency, writes, refused, ...deed }: Import,
): Promise<ImportView> => {
  const body: ImportView = { taken: writes.length, refused: [...refused] };
  const chunks = Array.from({ length: Math.ceil(writes.length / CHUNK) }, (_, index) =>
    writes.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const last = chunks.pop() ?? [];
  for (const chunk of chunks) await commit(rt, { writes: chunk });
  const details = { taken: writes.length, refused: refused.length };
  await commit(rt, {
    writes: last,
    events: [audited(rt, by, { ...deed, details })],
    answer: { idempotency, stored: { status: 200, body } },
  });
  return body;
};

/** Suppressions from CSV with a column `phone` and perhaps `reason`. Throws `csv-invalid`. */
export const importSuppressions = async (
  rt: Runtime,
  input: By & {
    csv: string;
    country?: string | undefined;
    entityId: string;
    categories: readonly SmsCategory[];
    idempotency: Idempotency;
  },
): Promise<ImportView> => {
  const { entityId, categories, country, caller } = input;
  refuseOtp(categories);
  const at = instant(rt.clock.nowMs());
  const { taken, refused } = readAll(readRows(input.csv), (cells) => {
    const parsed = parsePhone(cells.phone ?? '', country);
    if (parsed.kind === 'invalid') return 'phone-invalid';
    const reason = (cells.reason || 'imported').slice(0, 500);
    return { phone: parsed.phone, entityId, categories, reason, source: 'import', at, by: caller.id };
  });
  const writes = lastOfEach(taken, ({ phone }) => phone).map((each) => suppressionWrite(rt, each));
  const subject = `suppressions/${entityId}`;
  return putAll(rt, {
    by: input,
    idempotency: input.idempotency,
    action: 'suppressions.imported',
    subject,
    writes,
    refused,
  });
};

/** Consents from CSV with columns `phone`, `proof` and perhaps `grantedAt` (ISO). Throws `csv-invalid`, `legal-entity-not-found`. */
export const importConsents = async (
  rt: Runtime,
  input: By & { csv: string; country?: string | undefined; entityId: string; idempotency: Idempotency },
): Promise<ImportView> => {
  const { entityId, caller } = input;
  const country = input.country ?? (await getEntity(rt, entityId)).country;
  const nowMs = rt.clock.nowMs();
  const { taken, refused } = readAll(readRows(input.csv), (cells) => {
    const parsed = parsePhone(cells.phone ?? '', country);
    if (parsed.kind !== 'mobile') return `phone-${parsed.kind}`;
    if (!cells.proof) return 'proof-missing';
    const grantedMs = cells.grantedAt ? Date.parse(cells.grantedAt) : nowMs;
    if (!(grantedMs <= nowMs)) return 'granted-at-invalid';
    return {
      entityId,
      phone: parsed.phone,
      proof: cells.proof.slice(0, 500),
      grantedAt: instant(grantedMs),
      by: caller.id,
    };
  });
  const writes = lastOfEach(taken, ({ phone }) => phone).map((each) => consentWrite(rt, each));
  const subject = `consents/${entityId}`;
  return putAll(rt, {
    by: input,
    idempotency: input.idempotency,
    action: 'consents.imported',
    subject,
    writes,
    refused,
  });
};
