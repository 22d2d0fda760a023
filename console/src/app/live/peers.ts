import { valueStore } from '../value-store.ts';

/** Who else is typing in or looking at a topic; forgotten after six seconds without another frame. */
export interface Peer {
  readonly topic: string;
  readonly doing: 'typing' | 'viewing';
  readonly who: string;
}

const FORGOTTEN_MS = 6000;

export const peers = valueStore<readonly Peer[]>([]);

const timers = new Map<string, ReturnType<typeof setTimeout>>();

const keyOf = ({ topic, doing, who }: Peer): string => `${topic} ${doing} ${who}`;

export const notePeer = (peer: Peer): void => {
  const key = keyOf(peer);
  clearTimeout(timers.get(key));
  const rest = peers.get().filter((one) => keyOf(one) !== key);
  peers.set([...rest, peer]);
  timers.set(
    key,
    setTimeout(() => {
      timers.delete(key);
      peers.set(peers.get().filter((one) => keyOf(one) !== key));
    }, FORGOTTEN_MS),
  );
};
