import { api, bodyOf } from '../../api/client.ts';
import { type Frame, parseFrame, topicChanges } from './frames.ts';

const BEAT_MS = 20_000;
/** The desk says hello within this, or the line is no good. */
const HELLO_MS = 8000;

export interface ConnectionEvents {
  readonly onFrame: (frame: Frame) => void;
  /** Once, however it ended. */
  readonly onEnd: (byeReason: string | undefined) => void;
}

/** One socket from its opening to its end. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #events: ConnectionEvents;
  readonly #beat: ReturnType<typeof setInterval>;
  readonly #hello: ReturnType<typeof setTimeout>;
  readonly #subscribed = new Set<string>();
  #ended = false;
  #bye: string | undefined;

  constructor(ticket: string, events: ConnectionEvents) {
    const { protocol, host } = location;
    this.#events = events;
    this.#socket = new WebSocket(`${protocol.replace('http', 'ws')}//${host}/v1/live`, ['rotadesk', ticket]);
    this.#socket.addEventListener('message', ({ data }) => this.#receive(parseFrame(data)));
    this.#socket.addEventListener('close', () => this.#end());
    this.#beat = setInterval(() => this.send({ type: 'beat' }), BEAT_MS);
    this.#hello = setTimeout(() => this.close(), HELLO_MS);
  }

  #receive(frame: Frame | undefined): void {
    if (frame === undefined || this.#ended) return;
    if (frame.type === 'hello') clearTimeout(this.#hello);
    if (frame.type === 'bye') this.#bye = frame.reason;
    if (frame.type === 'gone') this.#subscribed.delete(frame.topic);
    this.#events.onFrame(frame);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#beat);
    clearTimeout(this.#hello);
    this.#events.onEnd(this.#bye);
  }

  get ended(): boolean {
    return this.#ended;
  }

  send(frame: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Makes these the subscribed topics. */
  follow(wanted: ReadonlySet<string>): void {
    const { add, drop } = topicChanges(this.#subscribed, wanted);
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    for (const topic of add) this.#subscribed.add(topic);
    for (const topic of drop) this.#subscribed.delete(topic);
    if (add.length > 0) this.send({ type: 'subscribe', topics: add });
    if (drop.length > 0) this.send({ type: 'unsubscribe', topics: drop });
  }

  /** Ends it from this side, which a half-open line would not notice by itself. */
  close(): void {
    this.#socket.close();
    this.#end();
  }
}

/** A ticket first: a browser never learns why a socket was refused. Throws ApiProblem. */
export const liveTicket = async (): Promise<string> => (await bodyOf(api.POST('/v1/live/tickets'))).ticket;
