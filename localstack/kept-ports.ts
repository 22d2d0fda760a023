/** Ports of the last run, so that addresses which somebody noted, or a provider was given, hold from run to run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { firstFreePort, freePort, isFree } from './ports.ts';

export type PortName = 'api' | 'aws' | 'sms' | 'smtp' | 'mail';
type Ports = Partial<Record<PortName, number>>;

/** Where a first run looks; AWS takes any. */
const FIRST: Ports = { api: 3000, sms: 3020, smtp: 3025, mail: 3030 };

const read = (file: string): Ports => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Ports;
  } catch {
    return {};
  }
};

export class KeptPorts {
  readonly #file: string;
  readonly #last: Ports;

  constructor(file: string) {
    this.#file = file;
    this.#last = read(file);
  }

  /** The last run's, if nobody listens there now; else the first free one from where a first run looks. */
  async pick(name: PortName): Promise<number> {
    const last = this.#last[name];
    if (last !== undefined && (await isFree(last))) return last;
    const first = FIRST[name];
    return first === undefined ? freePort() : firstFreePort(first);
  }

  /** @param addresses each with its port. */
  keep(addresses: Readonly<Record<PortName, string>>): void {
    const ports = Object.entries(addresses).map(([name, address]) => [name, Number(new URL(address).port)]);
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(ports), null, 2));
  }
}
