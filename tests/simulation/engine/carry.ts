import { randomBytes } from 'node:crypto';
import { IndexHistory } from '../faults/index-history.ts';
import { type Call, type Carry, isRead } from './gate.ts';
import type { SimulatedQueue } from './queues.ts';
import type { Plain } from './store/store.ts';
import type { World, WorldOptions } from './world.ts';

const firstKey = (input: Plain): string => {
  const [action] = (input.TransactItems as Plain[] | undefined)?.map(
    (item) => Object.values(item)[0] as Plain,
  ) ?? [input];
  const key = action?.Item ?? action?.Key ?? action?.ExpressionAttributeValues ?? {};
  const parts = key.pk ? [key.pk, key.sk] : [key[':pk'] ?? key[':p'] ?? action?.QueueUrl ?? ''];
  return parts.join(' ');
};

const describe = ({ invocation, operation, input }: Call): string =>
  `#${invocation.number} ${operation} ${firstKey(input)}`;

const sendTo = (queue: SimulatedQueue, { operation, input }: Call, partial: boolean): Plain => {
  if (operation === 'SendMessage') {
    queue.send(input);
    return { $metadata: {} };
  }
  const entries = input.Entries as Plain[];
  const refused = partial ? entries.filter((_, index) => index % 2 === 0) : [];
  for (const entry of entries) if (!refused.includes(entry)) queue.send(entry);
  return {
    $metadata: {},
    Successful: entries.filter((entry) => !refused.includes(entry)).map(({ Id }) => ({ Id })),
    Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
  };
};

/** The store remembers tokens for longer than one run lasts, and the same seed draws the same ones. */
const saltTokens = (): ((input: Plain) => Plain) => {
  const salt = randomBytes(4).toString('hex');
  return (input) =>
    input.ClientRequestToken
      ? { ...input, ClientRequestToken: salt + String(input.ClientRequestToken).slice(salt.length) }
      : input;
};

type Carriers = Pick<World, 'timeline' | 'ledger' | 'queues' | 'watchers' | 'trace'> &
  Pick<WorldOptions, 'store' | 'tampering'>;

const MOST_STALE_MS = 5000;

/** Carries requests out: to the simulated queues, or to the real store, and tells the watchers what came of it. */
export const createCarry = (parts: Carriers): Carry => {
  const { store, tampering, timeline, ledger, queues, watchers, trace } = parts;
  const history = new IndexHistory();
  const salted = saltTokens();

  const toQueue = (call: Call, partial: boolean): Plain => {
    const queue = queues.get(String(call.input.QueueUrl));
    if (!queue) throw new Error(`no queue ${call.input.QueueUrl}`);
    trace.say(describe(call));
    for (const watcher of watchers) watcher.onSend?.(call);
    return sendTo(queue, call, partial);
  };

  const toStore = async (call: Call, stale: boolean): Promise<Plain> => {
    if (stale)
      return history.query(call.input, timeline.nowMs() - call.invocation.random.int(1, MOST_STALE_MS));
    try {
      return await store.send(call.operation, salted(call.input));
    } catch (error) {
      trace.say(`${describe(call)} -> ${(error as Error).name}`);
      throw error;
    }
  };

  const tell = (call: Call, answer: Plain): void => {
    trace.say(describe(call));
    if (isRead(call)) {
      for (const watcher of watchers) watcher.onRead?.(call, answer);
      return;
    }
    const changes = ledger.apply(call.operation, call.input);
    history.note(changes, timeline.nowMs());
    for (const watcher of watchers) watcher.onCommit?.(call, changes);
  };

  return async (asked, { stale = false, partial = false }) => {
    const input = tampering?.request?.(asked) ?? asked.input;
    if (input === 'drop') return { $metadata: {} };
    const call = { ...asked, input };
    if (call.service === 'sqs') return toQueue(call, partial);
    const answer = await toStore(call, stale);
    tell(call, answer);
    return tampering?.answer?.(call, answer) ?? answer;
  };
};
