import type { Taken } from '../../../../localstack/sandboxes/sms/centre.ts';
import { sendReports } from '../../../../localstack/sandboxes/sms/reports.ts';
import { apiEvent } from '../../../support/aws/call.ts';
import type { TestRuntime } from '../../../support/aws/index.ts';
import { struck } from '../../engine/cloud.ts';
import type { Random } from '../../engine/random.ts';
import { answering } from '../../engine/topology.ts';
import type { World } from '../../engine/world.ts';
import type { Company } from './company.ts';
import type { End } from './dialects.ts';

/** What becomes of a message that was taken. `never`: nobody ever learns. */
const ENDS: readonly (readonly [End | 'never', number])[] = [
  ['delivered', 0.76],
  ['read', 0.06],
  ['failed', 0.05],
  ['expired', 0.04],
  ['rejected', 0.04],
  ['never', 0.05],
];

/** A company tries again to tell, so often and after so long. */
const AGAIN_MS: readonly number[] = [10_000, 60_000, 300_000];

const drawEnd = (random: Random, { dialect }: Company): End | 'never' => {
  let left = random.next();
  const drawn = ENDS.find(([, share]) => {
    left -= share;
    return left < 0;
  });
  const end = drawn?.[0] ?? 'delivered';
  return end === 'never' || dialect.ends[end] ? end : 'failed';
};

/** Goes on with what was taken: its way to the phone, its end, and the reports of both with what may go wrong with them. */
export class Reports {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** `onEnd` is told when the message comes to its end at the company, whatever is reported of it. */
  follow(company: Company, taken: Taken, random: Random, onEnd: (end: End) => void): void {
    const { timeline, faults } = this.#world;
    const { dialect, centre } = company;
    const end = drawEnd(random, company);
    const firstMs = random.int(200, 4000);
    const slow = random.chance(0.1);
    const endMs = firstMs + (slow ? random.int(60_000, 1_500_000) : random.int(300, 40_000));
    const soonMs = timeline.nowMs();
    const isTakenBack = (): boolean => taken.statuses.at(-1)?.code === dialect.takenBack;
    timeline.at(soonMs + firstMs, () => {
      if (isTakenBack()) {
        onEnd('cancelled');
        return;
      }
      centre.advance(taken.ref, dialect.onTheWay, { silent: true });
      const reordered = end !== 'never' && struck(faults, 'report-reordered', random);
      const laterMs = reordered ? endMs - firstMs + random.int(500, 5000) : 0;
      this.#tell(company, { taken, code: dialect.onTheWay, random, laterMs });
    });
    if (end === 'never') return;
    const finish = (): void => {
      if (isTakenBack()) return;
      const code = dialect.ends[end] ?? dialect.onTheWay;
      centre.advance(taken.ref, code, { silent: true });
      onEnd(end);
      this.#tell(company, { taken, code, random, laterMs: 0 });
      if (!struck(faults, 'report-unknown', random)) return;
      const stranger = { ...taken, ref: String(random.int(1, 2_000_000_000)) };
      this.#tell(company, { taken: stranger, code, random, laterMs: 0 });
    };
    timeline.at(soonMs + endMs, () => {
      if (isTakenBack() || !struck(faults, 'provider-strange-status', random)) {
        finish();
        return;
      }
      centre.advance(taken.ref, dialect.strange, { silent: true });
      this.#tell(company, { taken, code: dialect.strange, random, laterMs: 0 });
      timeline.at(timeline.nowMs() + random.int(1000, 90_000), finish);
    });
  }

  #tell(
    company: Company,
    { taken, code, random, laterMs }: { taken: Taken; code: string; random: Random; laterMs: number },
  ): void {
    const { faults, timeline } = this.#world;
    if (struck(faults, 'report-lost', random)) return;
    const late = struck(faults, 'report-late', random) ? random.int(20_000, 900_000) : 0;
    const copies = struck(faults, 'report-doubled', random) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const atMs = timeline.nowMs() + random.int(20, 400) + laterMs + late + copy * random.int(0, 3000);
      timeline.at(atMs, () => void this.#send(company, taken, code));
    }
  }

  async #send(company: Company, taken: Taken, code: string): Promise<void> {
    const { timeline } = this.#world;
    for (const waitMs of [0, ...AGAIN_MS]) {
      if (waitMs > 0) await timeline.sleep(waitMs);
      let received = false;
      const fetchReport = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
        received = await this.#postReport(new URL(url), init);
        return { arrayBuffer: async () => new ArrayBuffer(0) } as Response;
      };
      await sendReports(company.centre, { taken, codes: [code], fetchReport });
      if (received) return;
    }
  }

  /** One request to the product; true when it was answered well. */
  async #postReport(url: URL, init: RequestInit): Promise<boolean> {
    const { cloud, timeline, topology, watchers } = this.#world;
    const rt = { clock: timeline, ids: { next: (prefix: string) => prefix } } as unknown as TestRuntime;
    const event = apiEvent(rt, 'POST', url, {
      body: String(init.body),
      headers: {
        ...(init.headers as Record<string, string>),
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
    });
    const outcome = await cloud.invoke(answering(topology, url.pathname), event, 'report');
    for (const watcher of watchers) watcher.onOutcome?.(outcome, { failed: outcome.kind !== 'answered' });
    if (outcome.kind !== 'answered') return false;
    const { statusCode } = outcome.value as { statusCode: number };
    for (const watcher of watchers) watcher.onReport?.(outcome, statusCode);
    return statusCode < 300;
  }
}
