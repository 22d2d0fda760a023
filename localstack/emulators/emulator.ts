export interface Emulator {
  /** As it is told to people: name and version. */
  readonly name: string;
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Settles with the last it said when it ended, by whatever cause; never for one that is not our child. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** This machine cannot have it; the message says in one line why. */
export class NotToBeHad extends Error {}

/** The last line that says something: tools explain themselves at the end. */
export const lastLine = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1) ?? 'it said nothing';
