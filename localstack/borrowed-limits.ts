/**
 * Limits of a desk that the demo has changed for its time, as they were before. The note outlives a crash of the demo:
 * whatever starts next gives them back.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from './ask-as.ts';

export interface BorrowedLimits {
  readonly deskId: string;
  /** The desk's own values; null: it had none of its own. */
  readonly values: Readonly<Record<string, number | null>>;
}

const noteIn = (directory: string): string => join(directory, 'borrowed-limits.json');

export function noteBorrowed(directory: string, borrowed: BorrowedLimits): void {
  writeFileSync(noteIn(directory), JSON.stringify(borrowed));
}

/** Undefined: nothing is borrowed. */
export function findBorrowed(directory: string): BorrowedLimits | undefined {
  try {
    return JSON.parse(readFileSync(noteIn(directory), 'utf8')) as BorrowedLimits;
  } catch {
    return undefined;
  }
}

/**
 * Sets the limits as they were, and forgets the note.
 * @param ask speaks in a manager's name. @returns whether anything was borrowed. @throws Error when it is refused
 */
export async function giveBackLimits(ask: Ask, directory: string): Promise<boolean> {
  const borrowed = findBorrowed(directory);
  if (!borrowed) return false;
  const { headers } = await ask(`/v1/limits?deskId=${borrowed.deskId}`);
  const answer = await ask('/v1/limits', {
    method: 'PATCH',
    headers: { 'if-match': headers.get('etag') ?? '' },
    body: JSON.stringify(borrowed),
  });
  if (!answer.ok) throw new Error(`the desk's limits could not be given back: ${answer.status}`);
  rmSync(noteIn(directory), { force: true });
  return true;
}
