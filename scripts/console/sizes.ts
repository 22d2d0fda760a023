/** How much script the console's parts load, from Vite's manifest. */
import { gzipSync } from 'node:zlib';
import * as z from 'zod';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    dynamicImports: z.array(z.string()).optional(),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;

export interface Part {
  /** `first load`, or the source that is imported when needed. */
  readonly name: string;
  readonly gzipBytes: number;
  readonly limitBytes: number;
}

const FIRST_LOAD_BYTES = 200_000;
const FURTHER_PART_BYTES = 60_000;
/** Smaller parts say nothing. */
const WORTH_NAMING_BYTES = 1000;

/** A chunk and all that it imports at once. */
const closure = (manifest: Manifest, key: string, seen: Set<string>): Set<string> => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) closure(manifest, next, seen);
  return seen;
};

/**
 * @param json Vite's manifest
 * @returns the first load, then every part that is imported later with what it brings beyond the first load, largest first
 */
export const sizes = (json: unknown, read: (file: string) => Buffer): readonly Part[] => {
  const manifest = manifestSchema.parse(json);
  const bytesOf = (keys: Iterable<string>): number =>
    [...keys]
      .map((key) => manifest[key]?.file ?? '')
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) throw new Error('the manifest names no entry');
  const first = closure(manifest, entry, new Set());
  const later = Object.keys(manifest)
    .filter(
      (key) =>
        !first.has(key) && Object.values(manifest).some((chunk) => chunk.dynamicImports?.includes(key)),
    )
    .map((key) => ({
      name: key,
      gzipBytes: bytesOf(closure(manifest, key, new Set()).difference(first)),
      limitBytes: FURTHER_PART_BYTES,
    }))
    .filter(({ gzipBytes }) => gzipBytes >= WORTH_NAMING_BYTES)
    .toSorted((a, b) => b.gzipBytes - a.gzipBytes);
  return [{ name: 'first load', gzipBytes: bytesOf(first), limitBytes: FIRST_LOAD_BYTES }, ...later];
};

export const overBudget = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ gzipBytes, limitBytes }) => gzipBytes > limitBytes);
