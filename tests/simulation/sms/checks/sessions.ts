import type { Call } from '../../engine/gate.ts';
import type { ItemChange } from '../../engine/ledger.ts';
import type { Answered, Asked, Watcher, World } from '../../engine/world.ts';

const SHAPE = /^rdr_([0-9a-f-]{36})_(\d+)_/;
/** Ten seconds of grace, and clocks that differ. */
const GRACE_MS = 10_000 + 4100;

interface Token {
  readonly session: string;
  readonly generation: number;
}

const read = (token: string): Token | undefined => {
  const [, session, generation] = SHAPE.exec(token) ?? [];
  return session === undefined ? undefined : { session, generation: Number(generation) };
};

/** Refresh tokens (R-AUTH-02): each gives its one successor; an old one ends the session for everybody. */
export class SessionsCheck implements Watcher {
  readonly #world: World;
  /** By session: the newest generation given out, when, and whether it is over. */
  readonly #newest = new Map<string, { generation: number; atMs: number; over: boolean }>();
  readonly #given = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  onCommit(_call: Call, changes: readonly ItemChange[]): void {
    for (const { table, sk, before, after } of changes) {
      if (table !== 'identity' || sk !== 'SESSION' || !after) continue;
      const step = Number(after.generation) - Number(before?.generation ?? 0);
      const session = String(after.id).slice(4);
      if (step < 0 || step > 1) this.#world.report('sessions', `${session} goes on by ${step}`);
      if (before?.ended && step !== 0) this.#world.report('sessions', `${session} goes on after its end`);
      const atMs = step === 0 ? (this.#newest.get(session)?.atMs ?? 0) : this.#world.timeline.nowMs();
      this.#newest.set(session, { generation: after.generation, atMs, over: Boolean(after.ended) });
    }
  }

  onAnswer({ request, body }: Asked, { status, body: answer }: Answered): void {
    if (request !== 'POST /v1/sign-in/refresh' || status !== 200) return;
    const used = read((body as { refreshToken: string }).refreshToken);
    const next = read(answer.refreshToken);
    if (!used || !next) {
      this.#world.report('sessions', 'a token of no known shape');
      return;
    }
    const { session, generation } = used;
    const { report, timeline } = this.#world;
    if (next.session !== session || next.generation !== generation + 1)
      report('sessions', `${session} ${generation} got ${next.session} ${next.generation}`);
    const known = this.#given.get(`${session} ${generation}`);
    if (known !== undefined && known !== answer.refreshToken)
      report('sessions', `${session} ${generation} got two successors`);
    this.#given.set(`${session} ${generation}`, answer.refreshToken);
    const newest = this.#newest.get(session);
    const old = newest && newest.generation > generation + 1;
    const late = newest?.generation === generation + 1 && newest.atMs < timeline.nowMs() - GRACE_MS - 15_000;
    if (old || late) report('sessions', `${session} ${generation} is old and was taken`);
  }
}
