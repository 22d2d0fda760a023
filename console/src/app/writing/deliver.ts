import { api, bodyOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { ThreadEntry } from '../../api/types.ts';
import { queries } from '../queries.ts';
import type { Outgoing } from './queue.ts';

const attachmentsOf = ({ files }: Outgoing) =>
  files.length > 0 ? { attachments: files.map(({ uploadId }) => uploadId) } : {};

const write = async (item: Outgoing): Promise<void> => {
  const { text, key, thread, mode, urgent } = item;
  const header = { 'Idempotency-Key': key };
  if (mode === 'message') {
    const continued = thread === 'new' ? {} : { ticketId: thread };
    const body = { text, ...continued, ...(urgent && { urgent }), ...attachmentsOf(item) };
    const { messageId } = await bodyOf(api.POST('/v1/messages', { params: { header }, body }));
    await placed(item, messageId);
    return;
  }
  const params = { path: { ticketId: thread }, header };
  const body = { text, ...attachmentsOf(item) };
  const path = mode === 'reply' ? '/v1/tickets/{ticketId}/replies' : '/v1/tickets/{ticketId}/notes';
  const entry = await bodyOf(api.POST(path, { params, body }));
  addEntry(thread, { ...entry, attachments: [] });
};

/** Where a client's message was put: on the ticket it was written in, or on another. */
export interface Placed {
  readonly thread: string;
  readonly ticketId: string;
  /** It was asked to be urgent and is not. */
  readonly urgentRefused: boolean;
}

type PlacedListener = (placed: Placed) => void;
const listeners = new Set<PlacedListener>();

/** @returns how to stop listening */
export const onPlaced = (listener: PlacedListener): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

const FIRST_LOOK_MS = 150;
const LOOKS = 12;

/** A message is accepted at once and put on a ticket a moment later; it is shown as on its way until then. */
const placed = async ({ thread }: Outgoing, messageId: string): Promise<void> => {
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS * Math.min(look + 1, 8)));
    const message = await bodyOf(api.GET('/v1/messages/{messageId}', { params: { path: { messageId } } }));
    if (message.state === 'rejected')
      throw new ApiProblem({ status: 422, code: 'message-rejected', message: message.reason ?? '' });
    if (message.ticketId === undefined) continue;
    const where = { thread, ticketId: message.ticketId, urgentRefused: message.urgentGranted === false };
    for (const listener of listeners) listener(where);
    refresh(message.ticketId);
    return;
  }
};

interface ThreadPages {
  readonly pages: readonly { readonly items: readonly ThreadEntry[] }[];
}

/** Shown at once; the thread itself is fetched behind it. */
const addEntry = (thread: string, entry: Omit<ThreadEntry, 'authorId'>): void => {
  queries.setQueryData<ThreadPages>(['thread', thread], (known) => {
    const last = known?.pages.at(-1);
    if (
      !known ||
      !last ||
      known.pages.some(({ items }) => items.some((one) => one.messageId === entry.messageId))
    )
      return known;
    return { ...known, pages: [...known.pages.slice(0, -1), { ...last, items: [...last.items, entry] }] };
  });
};

const refresh = (thread: string): void => {
  for (const queryKey of [['thread', thread], ['ticket', thread], ['tickets'], ['presence'], ['next']])
    void queries.invalidateQueries({ queryKey });
};

/**
 * Sends one entry, and parks its ticket afterwards if that was wanted. Throws ApiProblem.
 * @param onWritten called between the two
 */
export const deliver = async (item: Outgoing, onWritten: () => void): Promise<void> => {
  if (!item.written) {
    await write(item);
    onWritten();
  }
  if (item.thenPark)
    await bodyOf(api.POST('/v1/tickets/{ticketId}/waiting', { params: { path: { ticketId: item.thread } } }));
  refresh(item.thread);
};
