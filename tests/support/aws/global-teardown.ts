import { endChild } from '../../../localstack/dynoxide.ts';

export default async function globalTeardown(): Promise<void> {
  if (globalThis.standIns) await endChild(globalThis.standIns);
}
