import type {
  SendMessageBatchCommandInput,
  SendMessageCommandInput,
  ServiceOutputTypes,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Clock } from '../../../lib/platform/clock.ts';

/** Something that waits for the test's clock. */
export interface Held {
  readonly dueMs: number;
  readonly release: () => Promise<void>;
}

/** What waits for the test's clock: delayed messages, and failed ones until their visibility timeout. */
export class HeldMessages {
  readonly #held: Held[] = [];

  hold(held: Held): void {
    this.#held.push(held);
    this.#held.sort((a, b) => a.dueMs - b.dueMs);
  }

  /** When the next one is due; undefined when nothing waits. */
  nextDueMs(): number | undefined {
    return this.#held[0]?.dueMs;
  }

  /** Lets go of everything due by then, in order. */
  async release(untilMs: number): Promise<number> {
    let released = 0;
    while ((this.#held[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= untilMs) {
      await this.#held.shift()?.release();
      released++;
    }
    return released;
  }
}

/** Makes a client hold back what is sent with DelaySeconds until the test's clock has come to it. */
export function holdDelayed(sqs: SQSClient, held: HeldMessages, clock: Clock): void {
  const dueMs = (delaySec = 0) => clock.nowMs() + delaySec * 1000;

  const sendOne = async ({ DelaySeconds, ...input }: SendMessageCommandInput, send: Send) => {
    if (!DelaySeconds) return send(input);
    held.hold({ dueMs: dueMs(DelaySeconds), release: async () => void (await send(input)) });
    return answer({ MessageId: `held-${crypto.randomUUID()}` });
  };

  const sendBatch = async (input: SendMessageBatchCommandInput, send: Send) => {
    const entries = input.Entries ?? [];
    const now = entries.filter(({ DelaySeconds }) => !DelaySeconds);
    const later = entries.filter(({ DelaySeconds }) => DelaySeconds);
    for (const { DelaySeconds, ...entry } of later) {
      const release = async () => void (await send({ ...input, Entries: [entry] }));
      held.hold({ dueMs: dueMs(DelaySeconds), release });
    }
    const sent = now.length === 0 ? answer({}) : await send({ ...input, Entries: now });
    const output = sent.output as { Successful?: object[] };
    const acknowledged = later.map(({ Id }) => ({ Id, MessageId: `held-${Id}` }));
    output.Successful = [...(output.Successful ?? []), ...acknowledged];
    return sent;
  };

  sqs.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const send: Send = (input) => next({ ...args, input: input as never });
        if (commandName === 'SendMessageCommand') return sendOne(args.input as SendMessageCommandInput, send);
        if (commandName === 'SendMessageBatchCommand') {
          return sendBatch(args.input as SendMessageBatchCommandInput, send);
        }
        return next(args);
      },
    { step: 'initialize', name: 'holdDelayed' },
  );
}

type Sent = { output: ServiceOutputTypes; response: unknown };
type Send = (input: object) => Promise<Sent>;

const answer = (output: object): Sent => ({ output: { $metadata: {}, ...output }, response: {} }) as Sent;
