import { connect } from '../../lib/live/connections/connect.ts';
import { disconnect } from '../../lib/live/connections/disconnect.ts';
import { giveUp, receiveFrame } from '../../lib/live/receiving/receive-frame.ts';
import { onSocket } from '../../lib/platform/socket/on-socket.ts';

export const handler = onSocket({
  connect: ({ rt, ...opening }) => connect(rt, opening),
  receive: ({ rt, connectionId, text }) => receiveFrame(rt, connectionId, text),
  disconnect: ({ rt, connectionId }) => disconnect(rt, connectionId),
  failed: ({ rt, connectionId }) => giveUp(rt, connectionId),
});
