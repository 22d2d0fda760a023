/** Keeps what is on the screen current: by a socket, and where that is not to be had, by asking every few seconds. */
import { ApiProblem, isTransient, noAnswer } from '../../api/problem.ts';
import { observeServerTime, serverNow } from '../../api/server-clock.ts';
import { queries } from '../queries.ts';
import { reloadUser } from '../session/session-keeper.ts';
import { backoffMs } from './backoff.ts';
import { Connection, liveTicket } from './connection.ts';
import { type Frame, Versions } from './frames.ts';
import { liveState } from './live-state.ts';
import { notePeer } from './peers.ts';
import { onScreenChange, refetchScreen, refetchTopic, wantedTopics } from './topics.ts';

const POLL_MS = 5000;
/** The gateway ends a connection after two hours: the next one is open before. */
const RENEW_MS = 110 * 60_000;
/** Attempts that fail while the desk answers otherwise: from then on it is asked every few seconds. */
const TRIES_BEFORE_POLLING = 2;

class Live {
  readonly #versions = new Versions();
  readonly #stops: (() => void)[] = [];
  #current: Connection | undefined;
  #failures = 0;
  #wasOn = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #stopped = false;

  start(): void {
    const cut = (): void => this.#fail(noAnswer(undefined));
    const back = (): void => this.#retryNow();
    window.addEventListener('offline', cut);
    window.addEventListener('online', back);
    const visible = (): void => {
      if (document.visibilityState === 'visible' && liveState.get().kind !== 'on') this.#retryNow();
    };
    document.addEventListener('visibilitychange', visible);
    this.#stops.push(
      () => window.removeEventListener('offline', cut),
      () => window.removeEventListener('online', back),
      () => document.removeEventListener('visibilitychange', visible),
      onScreenChange(() => this.#current?.follow(wantedTopics())),
    );
    void this.#open();
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    this.#current?.close();
    liveState.set({ kind: 'connecting' });
  }

  send(frame: object): void {
    this.#current?.send(frame);
  }

  #retryNow(): void {
    if (this.#current && !this.#current.ended) return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  /** Opens another connection, and lets go of the one before when it is ready. */
  async #open(): Promise<void> {
    if (this.#stopped) return;
    try {
      const ticket = await liveTicket();
      if (this.#stopped) return;
      const connection: Connection = new Connection(ticket, {
        onFrame: (frame) => this.#receive(connection, frame),
        onEnd: (reason) => this.#ended(connection, reason),
      });
    } catch (problem) {
      this.#fail(problem);
    }
  }

  #receive(connection: Connection, frame: Frame): void {
    if (frame.type === 'hello') this.#ready(connection, frame.serverTime);
    if (connection !== this.#current) return;
    if (frame.type === 'subscribed') for (const topic of frame.topics) refetchTopic(topic);
    if (frame.type === 'changed' && this.#versions.isNews(frame)) refetchTopic(frame.topic);
    if (frame.type === 'gone') {
      refetchTopic(frame.topic);
      void reloadUser().catch(() => undefined);
    }
    if (frame.type === 'board')
      queries.setQueryData(['board', frame.topic.slice('board:'.length)], frame.board);
    if (frame.type === 'typing' || frame.type === 'viewing')
      notePeer({ topic: frame.topic, doing: frame.type, who: frame.who });
  }

  #ready(connection: Connection, serverTime: string): void {
    const now = Date.now();
    observeServerTime({ serverMs: Date.parse(serverTime), stepMs: 1, sentMs: now - 1000, receivedMs: now });
    const before = this.#current;
    this.#current = connection;
    before?.close();
    this.#failures = 0;
    this.#versions.clear();
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), RENEW_MS);
    const missedSomething = this.#wasOn && liveState.get().kind !== 'on';
    this.#wasOn = true;
    liveState.set({ kind: 'on' });
    connection.follow(wantedTopics());
    if (missedSomething) refetchScreen();
  }

  #ended(connection: Connection, reason: string | undefined): void {
    if (
      this.#stopped ||
      (this.#current !== connection && this.#current !== undefined && !this.#current.ended)
    )
      return;
    this.#current = undefined;
    if (reason === 'access-ended') void reloadUser().catch(() => undefined);
    if (reason === 'time-limit') void this.#open();
    else this.#fail(undefined);
  }

  /** @param problem why no connection could be had; undefined: the one there was ended, or was not let in */
  #fail(problem: unknown): void {
    if (this.#stopped) return;
    this.#failures += 1;
    const sinceMs = this.#sinceMs();
    const unreachable = problem !== undefined && isTransient(problem);
    // Whoever is asked for the code sees that; there is nothing to poll for them.
    const signedOut = problem instanceof ApiProblem && problem.status === 401;
    if (signedOut) clearInterval(this.#poll);
    else if (unreachable) liveState.set({ kind: 'offline', sinceMs });
    else if (this.#failures >= TRIES_BEFORE_POLLING || problem !== undefined) this.#pollSince(sinceMs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), backoffMs(this.#failures, Math.random()));
  }

  #sinceMs(): number {
    const state = liveState.get();
    return 'sinceMs' in state ? state.sinceMs : serverNow();
  }

  #pollSince(sinceMs: number): void {
    const wasOffline = liveState.get().kind === 'offline';
    liveState.set({ kind: 'polling', sinceMs });
    if (wasOffline) refetchScreen();
    clearInterval(this.#poll);
    this.#poll = setInterval(() => {
      if (liveState.get().kind === 'polling' && document.visibilityState === 'visible')
        void queries.invalidateQueries({ refetchType: 'active' });
    }, POLL_MS);
  }
}

let running: Live | undefined;

/** @returns how to stop */
export const startLive = (): (() => void) => {
  const live = new Live();
  running = live;
  live.start();
  return () => {
    live.stop();
    running = undefined;
  };
};

const TYPING_MS = 3000;
const typedAtMs = new Map<string, number>();

/** Says that the reader is typing, at most every three seconds. */
export const sayTyping = (topic: string): void => {
  const now = Date.now();
  if (now - (typedAtMs.get(topic) ?? 0) < TYPING_MS) return;
  typedAtMs.set(topic, now);
  running?.send({ type: 'typing', topic });
};
