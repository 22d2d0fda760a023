/** Sends what was written, in order, until it is through: over reloads, lost connections and restarts of the desk. */
import { ApiProblem, isTransient } from '../../api/problem.ts';
import { currentUser } from '../session/session.ts';
import { store, stored } from '../stored.ts';
import { valueStore } from '../value-store.ts';
import { deliver } from './deliver.ts';
import { nextToSend, type Outgoing, replaced, retried, revived } from './queue.ts';

const PREFIX = 'rotadesk.outbox.';
const AGAIN_MS = 3000;

export const outbox = valueStore<readonly Outgoing[]>([]);

let owner: string | undefined;
let running = false;
let timer: ReturnType<typeof setTimeout> | undefined;

const isOutgoing = (value: unknown): value is Outgoing =>
  typeof value === 'object' && value !== null && 'key' in value && 'thread' in value && 'state' in value;

const load = (userId: string): readonly Outgoing[] => {
  try {
    const found: unknown = JSON.parse(stored(PREFIX + userId) ?? '[]');
    return Array.isArray(found) ? found.filter(isOutgoing) : [];
  } catch {
    return [];
  }
};

const keep = (items: readonly Outgoing[]): void => {
  outbox.set(items);
  if (owner !== undefined) store(PREFIX + owner, items.length > 0 ? JSON.stringify(items) : undefined);
};

const change = (key: string, by: (item: Outgoing) => Outgoing | undefined): void =>
  keep(replaced(outbox.get(), key, by));

const refusedBy =
  (problem: unknown) =>
  (item: Outgoing): Outgoing => ({
    ...item,
    state: 'refused',
    code: problem instanceof ApiProblem ? problem.code : 'unknown',
    detail: problem instanceof Error ? problem.message : String(problem),
  });

/** @returns whether to go on at once */
const sendOne = async (item: Outgoing): Promise<boolean> => {
  change(item.key, (one) => ({ ...one, state: 'sending' }));
  try {
    await deliver(item, () => change(item.key, (one) => ({ ...one, written: true })));
    change(item.key, () => undefined);
    return true;
  } catch (problem) {
    const waits = isTransient(problem) || (problem instanceof ApiProblem && problem.status === 401);
    change(item.key, waits ? (one) => ({ ...one, state: 'waiting' }) : refusedBy(problem));
    return !waits;
  }
};

const sendAll = async (): Promise<void> => {
  for (
    let item = nextToSend(outbox.get());
    item && currentUser()?.userId === owner;
    item = nextToSend(outbox.get())
  )
    if (!(await sendOne(item))) return;
};

/** One tab at a time sends; the keys make it harmless should two ever do. */
const run = async (): Promise<void> => {
  if (running || nextToSend(outbox.get()) === undefined) return;
  running = true;
  try {
    await navigator.locks.request(`rotadesk-outbox-${owner}`, sendAll);
  } finally {
    running = false;
    clearTimeout(timer);
    if (nextToSend(outbox.get()) !== undefined) timer = setTimeout(() => void run(), AGAIN_MS);
  }
};

/** Takes up what this user left unsent. */
export const openOutbox = (userId: string): void => {
  owner = userId;
  outbox.set(revived(load(userId)));
  void run();
};

export const send = (item: Omit<Outgoing, 'key' | 'state' | 'writtenAtMs'>): void => {
  keep([...outbox.get(), { ...item, key: crypto.randomUUID(), state: 'waiting', writtenAtMs: Date.now() }]);
  void run();
};

export const retry = (key: string): void => {
  change(key, retried);
  void run();
};

export const discard = (key: string): void => change(key, () => undefined);

window.addEventListener('online', () => void run());
window.addEventListener('storage', ({ key }) => {
  if (owner === undefined || key !== PREFIX + owner || running) return;
  outbox.set(load(owner));
});
