import { createHmac, hkdfSync } from 'node:crypto';
import { MASTER_SECRET } from '../../engine/cloud.ts';
import type { Call } from '../../engine/gate.ts';
import type { ItemChange } from '../../engine/ledger.ts';
import type { Answered, Asked, Watcher, World } from '../../engine/world.ts';

const MOST = 5;
/** Guesses of those who joined somebody else's code, all together. */
const MOST_JOINED = 15;
const HOUR_MS = 3_600_000;
const LIFE_MS = 300_000;
const FIRST_WAIT_MS = 60_000;
/** Two clocks, each two seconds off. */
const CLOCKS_MS = 4100;

const key = hkdfSync('sha256', MASTER_SECRET, 'rotadesk', 'login-code', 32);

/** The code of a challenge, worked out by the rule in the documents and not by the product. */
export const codeOf = (challengeId: string): string => {
  const mac = createHmac('sha256', Buffer.from(key)).update(challengeId).digest();
  return String(mac.readBigUInt64BE(0) % 1_000_000n).padStart(6, '0');
};

interface Tries {
  evaluated: number;
  used: number;
  expiresAt: string | undefined;
}

/** What is stored of a code. */
interface StoredCode {
  readonly id: string;
  readonly joinedAttempts: number;
  readonly askers: Readonly<Record<string, { readonly challengeId: string; readonly attempts: number }>>;
}

/** Codes (R-AUTH-01, R-AUTH-02): five guesses at most whatever comes at once, good once, sent within the limits. */
export class CodesCheck implements Watcher {
  readonly #world: World;
  readonly #tries = new Map<string, Tries>();
  /** Highest attempts seen, by challenge and by code (those who joined). */
  readonly #attempts = new Map<string, number>();
  readonly #sends = new Map<string, number[]>();
  /** In this run. */
  readonly limits: { perPhoneHour: number; perAddressHour: number };

  constructor(world: World, limits: { perPhoneHour: number; perAddressHour: number }) {
    this.#world = world;
    this.limits = limits;
  }

  #of(challengeId: string): Tries {
    const known = this.#tries.get(challengeId);
    if (known) return known;
    const fresh: Tries = { evaluated: 0, used: 0, expiresAt: undefined };
    this.#tries.set(challengeId, fresh);
    return fresh;
  }

  /** The code a challenge is for: its own, or the one it joined. */
  #codeId(challengeId: string): string {
    const place = this.#world.ledger.find('identity', `CHALLENGE#${challengeId}`, 'CHALLENGE');
    return typeof place?.codeId === 'string' ? place.codeId : challengeId;
  }

  onAnswer(asked: Asked, answer: Answered): void {
    if (asked.request === 'POST /v1/sign-in') this.#guessed(asked.body as Guess, answer);
    if (asked.request === 'POST /v1/sign-in/challenges' && answer.status === 202)
      this.#sent((asked.body as { phone: string }).phone, asked.address ?? '', answer.body);
  }

  #guessed({ challengeId, code }: Guess, { status, body }: Answered): void {
    const { report, timeline } = this.#world;
    const tries = this.#of(challengeId);
    const codeId = this.#codeId(challengeId);
    const right = code === codeOf(codeId);
    const evaluated = status === 200 || status === 403 || body?.code === 'code-wrong';
    if (evaluated) tries.evaluated += 1;
    if (tries.evaluated > MOST) report('codes', `${challengeId} was evaluated ${tries.evaluated} times`);
    if (evaluated && right !== (status !== 401))
      report('codes', `${challengeId}: ${code} was answered ${status}`);
    const overMs = timeline.nowMs() - Date.parse(tries.expiresAt ?? '9999');
    if (evaluated && overMs > CLOCKS_MS + 15_000)
      report('codes', `${challengeId} was evaluated after its end`);
    if (status !== 200) return;
    const ofCode = this.#of(codeId);
    ofCode.used += 1;
    if (ofCode.used > 1) report('single-use', `${codeId} let ${ofCode.used} people in`);
  }

  /** The same challenge is the same code with the same end, however often it is sent. */
  #sent(phone: string, address: string, { challengeId, expiresAt }: Plainly): void {
    const tries = this.#of(challengeId);
    if (tries.expiresAt !== undefined && tries.expiresAt !== expiresAt)
      this.#world.report('codes', `${challengeId} ends at ${tries.expiresAt} and at ${expiresAt}`);
    tries.expiresAt = expiresAt;
    const nowMs = this.#world.timeline.nowMs();
    if (Date.parse(expiresAt) > nowMs + LIFE_MS + CLOCKS_MS)
      this.#world.report('codes', `${challengeId} lives until ${expiresAt}`);
    // Nothing is sent to somebody who joins.
    if (this.#codeId(challengeId) === challengeId) this.#count(`phone ${phone}`, this.limits.perPhoneHour);
    this.#count(`address ${address}`, this.limits.perAddressHour);
  }

  #count(id: string, most: number): void {
    const nowMs = this.#world.timeline.nowMs();
    const sends = [...(this.#sends.get(id) ?? []), nowMs];
    this.#sends.set(id, sends);
    const recent = sends.filter((atMs) => atMs > nowMs - HOUR_MS + 2 * CLOCKS_MS + 15_000);
    if (recent.length > most) this.#world.report('code-limits', `${recent.length} codes in an hour to ${id}`);
    const [before, last] = sends.slice(-2);
    const gapMs = (last ?? 0) - (before ?? 0);
    const settled = this.#world.ledger.find('identity', `PHONE#${id.slice(6)}`, 'CODES')?.settledAt;
    if (id.startsWith('phone') && sends.length > 1 && settled === undefined && gapMs < FIRST_WAIT_MS - 20_000)
      this.#world.report('code-limits', `codes to ${id} ${gapMs} ms after one another`);
  }

  /** What is stored of a challenge never goes back. */
  onCommit(_call: Call, changes: readonly ItemChange[]): void {
    for (const { table, sk, after } of changes) {
      if (table !== 'identity' || sk !== 'CODES' || !after?.challenge) continue;
      const { id, askers, joinedAttempts } = after.challenge as StoredCode;
      for (const { challengeId, attempts } of Object.values(askers))
        this.#stands(challengeId, attempts, MOST);
      this.#stands(`joined ${id}`, joinedAttempts, MOST_JOINED);
    }
  }

  #stands(of: string, attempts: number, most: number): void {
    const before = this.#attempts.get(of) ?? 0;
    if (attempts < before || attempts > most)
      this.#world.report('codes', `${of} stands at ${attempts} attempts after ${before}`);
    this.#attempts.set(of, attempts);
  }

  /** One account per phone. */
  finish(): void {
    const users = this.#world.ledger.all('identity').filter(({ sk }) => sk === 'USER');
    for (const [phone, same] of Map.groupBy(users, (user) => String(user.phone)))
      if (same.length > 1) this.#world.report('accounts', `${phone} has ${same.length} accounts`);
  }

  /** Every challenge of this run. */
  challenges(): Iterable<string> {
    return this.#tries.keys();
  }
}

interface Guess {
  readonly challengeId: string;
  readonly code: string;
}

interface Plainly {
  readonly challengeId: string;
  readonly expiresAt: string;
}
