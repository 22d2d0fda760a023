import type { Runtime } from '../../platform/runtime.ts';
import { connections } from '../core/connection-repository.ts';
import { loseConnection } from './end-connection.ts';

/** A connection has ended by itself. One that we ended is not there any more. */
export const disconnect = async (rt: Runtime, connectionId: string): Promise<void> => {
  const connection = await connections.find(rt, { connectionId });
  if (!connection) return;
  await loseConnection(rt, connection);
};
