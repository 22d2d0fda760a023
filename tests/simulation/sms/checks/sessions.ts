import type { Call } from '../../engine/gate.ts';
import type { Outcome } from '../../engine/invocation.ts';
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
  /** By session: when each generation began, from the first one on. */
  readonly #began = new Map<string, number[]>();
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
      if (step !== 0)
        this.#began.set(session, [...(this.#began.get(session) ?? []), this.#world.timeline.nowMs()]);
    }
  }

  onAnswer({ request, body }: Asked, { status, body: answer }: Answered, { invocation }: Outcome): void {
    if (request !== 'POST /v1/sign-in/refresh' || status !== 200) return;
    const used = read((body as { refreshToken: string }).refreshToken);
    const next = read(answer.refreshToken);
    if (!used || !next) {
      this.#world.report('sessions', 'a token of no known shape');
      return;
    }
    const { session, generation } = used;
    const { report } = this.#world;
    if (next.session !== session || next.generation !== generation + 1)
      report('sessions', `${session} ${generation} got ${next.session} ${next.generation}`);
    const known = this.#given.get(`${session} ${generation}`);
    if (known !== undefined && known !== answer.refreshToken)
      report('sessions', `${session} ${generation} got two successors`);
    this.#given.set(`${session} ${generation}`, answer.refreshToken);
    // As it stood when the process began: what happens meanwhile it need not see.
    const [successor = Number.POSITIVE_INFINITY, afterThat = Number.POSITIVE_INFINITY] = (
      this.#began.get(session) ?? []
    ).slice(generation);
    const { startedMs } = invocation;
    if (afterThat < startedMs || successor < startedMs - GRACE_MS)
      report('sessions', `${session} ${generation} is old and was taken`);
  }
}
