import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { readPastDate } from '../../platform/input/file-date.ts';
import { type RefusedRow, readTable, type Table } from '../../platform/input/file-table.ts';
import { parsePhone } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import type { Write } from '../../platform/storage/write.ts';
import { consentWrite, suppressionWrite } from '../core/recipient-repository.ts';
import { getEntity } from '../entity-repository.ts';
import type { SmsCategory } from '../model.ts';
import { refuseOtp } from './edit-suppressions.ts';
import type { ImportView } from './registry-view.ts';

/** More go in by several requests. */
export const MAX_ROWS = 1000;
/** A transaction holds 100 actions: these, the outbox row and the answer's record. */
const CHUNK = 90;

type Refusal = Omit<RefusedRow, 'line'>;

const refusal = (problem: string, detail: string): Refusal => ({ problem, detail });

const PHONE_REFUSALS: Readonly<Record<'invalid' | 'not-mobile', Refusal>> = {
  invalid: refusal('phone-invalid', 'phone: is not a phone number'),
  'not-mobile': refusal('phone-not-mobile', 'phone: takes no SMS'),
};

/** What a row says, or why it is refused. */
type RowReader<Column extends string, T> = (
  cells: Readonly<Record<Column, string>>,
) => { readonly kind: 'taken'; readonly item: T } | { readonly kind: 'refused'; readonly why: Refusal };

interface ReadRows<T> extends Pick<ImportView, 'refused' | 'ignoredColumns'> {
  readonly taken: T[];
}

const readAll = <Column extends string, T>(table: Table<Column>, read: RowReader<Column, T>): ReadRows<T> => {
  const all = table.rows.map(({ line, cells }) => ({ line, outcome: read(cells) }));
  const refused = all.flatMap(({ line, outcome }) =>
    outcome.kind === 'refused' ? [{ line, ...outcome.why }] : [],
  );
  return {
    taken: all.flatMap(({ outcome }) => (outcome.kind === 'taken' ? [outcome.item] : [])),
    refused: [...table.refused, ...refused].toSorted((a, b) => a.line - b.line),
    ignoredColumns: [...table.ignoredColumns],
  };
};

const lastOfEach = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

interface Import {
  readonly by: Actor;
  readonly idempotency: Idempotency;
  readonly action: string;
  readonly subject: string;
  readonly writes: readonly Write[];
  readonly report: Pick<ImportView, 'refused' | 'ignoredColumns'>;
}

/**
 * Puts replace what is there, so an import that broke off half-way is simply repeated. The audit entry and the
 * answer's record come with the last chunk.
 */
const putAll = async (
  rt: Runtime,
  { by, idempotency, writes, report, ...deed }: Import,
): Promise<ImportView> => {
  const body: ImportView = { taken: writes.length, ...report };
  const chunks = Array.from({ length: Math.ceil(writes.length / CHUNK) }, (_, index) =>
    writes.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const last = chunks.pop() ?? [];
  for (const chunk of chunks) await commit(rt, { writes: chunk });
  const details = { taken: writes.length, refused: report.refused.length };
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
  input: Actor & {
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
  const table = readTable(input.csv, { required: ['phone'], optional: ['reason'], maxRows: MAX_ROWS });
  const { taken, ...report } = readAll(table, (cells) => {
    const parsed = parsePhone(cells.phone, country);
    if (parsed.kind === 'invalid') return { kind: 'refused', why: PHONE_REFUSALS.invalid };
    const reason = (cells.reason || 'imported').slice(0, 500);
    return {
      kind: 'taken',
      item: { phone: parsed.phone, entityId, categories, reason, source: 'import', at, by: caller.id },
    };
  });
  const writes = lastOfEach(taken, ({ phone }) => phone).map((each) => suppressionWrite(rt, each));
  const subject = `suppressions/${entityId}`;
  return putAll(rt, {
    by: input,
    idempotency: input.idempotency,
    action: 'suppressions.imported',
    subject,
    writes,
    report,
  });
};

/** Consents from CSV with columns `phone`, `proof` and perhaps `grantedAt`. Throws `csv-invalid`, `legal-entity-not-found`. */
export const importConsents = async (
  rt: Runtime,
  input: Actor & {
    csv: string;
    country?: string | undefined;
    /** In which the dates without an offset are written. */
    zone: string;
    entityId: string;
    idempotency: Idempotency;
  },
): Promise<ImportView> => {
  const { entityId, caller } = input;
  const country = input.country ?? (await getEntity(rt, entityId)).country;
  const nowMs = rt.clock.nowMs();
  const shape = { required: ['phone', 'proof'], optional: ['grantedAt'], maxRows: MAX_ROWS } as const;
  const { taken, ...report } = readAll(readTable(input.csv, shape), (cells) => {
    const parsed = parsePhone(cells.phone, country);
    if (parsed.kind !== 'mobile') return { kind: 'refused', why: PHONE_REFUSALS[parsed.kind] };
    if (!cells.proof) return { kind: 'refused', why: refusal('proof-missing', 'proof: is empty') };
    const granted = cells.grantedAt
      ? readPastDate(cells.grantedAt, { zone: input.zone, nowMs })
      : ({ kind: 'date', at: instant(nowMs) } as const);
    if (granted.kind === 'refused')
      return { kind: 'refused', why: refusal('granted-at-invalid', `grantedAt: ${granted.detail}`) };
    const proof = cells.proof.slice(0, 500);
    return {
      kind: 'taken',
      item: { entityId, phone: parsed.phone, proof, grantedAt: granted.at, by: caller.id },
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
    report,
  });
};
