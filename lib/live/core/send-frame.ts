import type { SendOutcome } from '../../platform/connections/sockets.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { ByeReason, ServerFrame } from '../frames.ts';

/** Throws `socket-unavailable`. */
export const sendFrame = async (
  rt: Runtime,
  connectionId: string,
  frame: ServerFrame,
): Promise<SendOutcome> => (await rt.sockets()).send(connectionId, JSON.stringify(frame));

/** Says why, and closes. Nobody waits for it: a gateway that is away closes the connection itself in time. */
export const closeConnection = async (
  rt: Runtime,
  connectionId: string,
  reason: ByeReason,
): Promise<void> => {
  try {
    const outcome = await sendFrame(rt, connectionId, { type: 'bye', reason });
    if (outcome === 'sent') await (await rt.sockets()).close(connectionId);
  } catch (error) {
    rt.log.warn('a connection is not known to be closed', { connectionId, reason, error });
  }
};
