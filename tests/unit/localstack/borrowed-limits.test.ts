import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask } from '../../../localstack/ask-as.ts';
import { findBorrowed, giveBackLimits, noteBorrowed } from '../../../localstack/borrowed-limits.ts';

const directory = mkdtempSync(join(tmpdir(), 'rotadesk-limits-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const borrowed = { deskId: 'main', values: { maxWaitSec: 600, maxReconnectWaitSec: null } };

/** A desk's limits behind HTTP, as far as giving them back needs them. */
const desk = (status = 200) => {
  const changes: { body: unknown; ifMatch: string | null }[] = [];
  const ask: Ask = async (_, { method, body, headers } = {}) => {
    if (method === 'PATCH')
      changes.push({ body: JSON.parse(String(body)), ifMatch: new Headers(headers).get('if-match') });
    return new Response('{}', { status, headers: { etag: '"7"' } });
  };
  return { ask, changes };
};

test('limits that a crashed demo had borrowed are given back once, by whatever starts next', async () => {
  noteBorrowed(directory, borrowed);
  const { ask, changes } = desk();
  expect(await giveBackLimits(ask, directory)).toBe(true);
  expect(changes).toEqual([{ body: borrowed, ifMatch: '"7"' }]);
  expect(await giveBackLimits(ask, directory)).toBe(false);
  expect(changes).toHaveLength(1);
});

test('what could not be given back stays on the note', async () => {
  noteBorrowed(directory, borrowed);
  await expect(giveBackLimits(desk(412).ask, directory)).rejects.toThrow('412');
  expect(findBorrowed(directory)).toEqual(borrowed);
});
