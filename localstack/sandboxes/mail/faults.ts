import * as z from 'zod';

/**
 * What the sink does wrong on request.
 * - `refuse`: answers `code` (550 unless told) to the recipient, or to the e-mail itself (`stage: 'data'`).
 * - `greylist`: 451 to the recipient.
 * - `delay`: answers the e-mail after `ms` milliseconds.
 * - `cut`: ends the connection while the e-mail is being sent; it has not arrived.
 * - `lose`: takes the e-mail, then ends the connection without a word.
 * `recipient`: only e-mails to an address that contains it. `times`: how often; for ever when it is not said.
 */
export const faultSchema = z.strictObject({
  kind: z.enum(['refuse', 'greylist', 'delay', 'cut', 'lose']),
  recipient: z.string().optional(),
  times: z.int().min(1).optional(),
  code: z.int().min(400).max(599).optional(),
  stage: z.enum(['recipient', 'data']).optional(),
  text: z.string().max(400).optional(),
  ms: z.int().min(0).max(60_000).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** An answer with its SMTP code, as smtp-server takes it. */
export const refusal = (code: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code });

/** The faults asked for and not yet used up, in the order in which they were asked for. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The next fault of these kinds for this recipient, counted as used. */
  take(recipient: string, fits: (fault: Fault) => boolean): Fault | undefined {
    const found = this.#waiting.find(
      ({ fault, left }) => left > 0 && fits(fault) && recipient.includes(fault.recipient ?? ''),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }
}
