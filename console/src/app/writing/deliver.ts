import { api, bodyOf } from '../../api/client.ts';
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
    sent.dispatchEvent(new CustomEvent('message', { detail: { messageId, item } }));
    return;
  }
  const params = { path: { ticketId: thread }, header };
  const body = { text, ...attachmentsOf(item) };
  const path = mode === 'reply' ? '/v1/tickets/{ticketId}/replies' : '/v1/tickets/{ticketId}/notes';
  const entry = await bodyOf(api.POST(path, { params, body }));
  addEntry(thread, { ...entry, attachments: [] });
};

/** Clients' messages are placed on a ticket a moment after they were accepted: their place waits for that. */
export const sent = new EventTarget();

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
