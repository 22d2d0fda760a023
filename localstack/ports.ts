import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

async function claim(port: number): Promise<number | undefined> {
  const probe = createServer();
  const listening = once(probe, 'listening');
  probe.listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await listening;
  } catch {
    return undefined;
  }
  const taken = (probe.address() as AddressInfo).port;
  probe.close();
  await once(probe, 'close');
  return taken;
}

/** A port nobody listens on at this moment. */
export const freePort = async (): Promise<number> => (await claim(0)) as number;

const TRIES = 100;

/** The given port, or the first free one from there on. */
export async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < from + TRIES; port++) {
    if ((await claim(port)) !== undefined) return port;
  }
  return freePort();
}

/** Whether nobody listens there at this moment. */
export const isFree = async (port: number): Promise<boolean> => (await claim(port)) !== undefined;
