import type { Caller } from '../../../lib/platform/caller.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import type { SocketEvent } from '../../../lib/platform/socket/on-socket.ts';
import { loadHandler, testContext } from '../aws/handlers.ts';
import { call, startAws, type TestRuntime, testRuntime } from '../aws/index.ts';
import { TEST_PUBLIC_URL } from '../aws/test-runtime.ts';
import { type FakeGateway, type Frame, fakeGateway } from './fake-gateway.ts';

const HANDLER = 'functions/live/connections.socket.handler';

/** A runtime whose functions reach connections at a gateway of the test's own. */
export const liveWorld = async (): Promise<{ rt: TestRuntime; gateway: FakeGateway }> => {
  const gateway = await fakeGateway();
  const rt = await testRuntime(await startAws(), { env: { LIVE_CALLBACK_URL: gateway.url } });
  return { rt, gateway };
};

type EventType = SocketEvent['requestContext']['eventType'];

const socketEvent = async (
  rt: TestRuntime,
  eventType: EventType,
  connectionId: string,
  more: Partial<SocketEvent> = {},
): Promise<{ statusCode: number; headers?: Record<string, string> }> => {
  const handler = await loadHandler(HANDLER);
  const event = { ...more, requestContext: { connectionId, eventType, requestId: rt.ids.next('gw') } };
  return (await withRuntime(rt, () => handler(event, testContext(rt, HANDLER)))) as never;
};

export const ticketOf = async (rt: TestRuntime, caller: Caller): Promise<string> =>
  (
    await call(rt, 'POST /v1/live/tickets', {
      token: await rt.token(caller, caller.sessionId === undefined ? {} : { sid: caller.sessionId }),
    })
  ).body.ticket;

/** Tries to open a connection; gives the gateway's status. */
export const tryToOpen = async (
  rt: TestRuntime,
  connectionId: string,
  { ticket, origin = TEST_PUBLIC_URL }: { ticket?: string | undefined; origin?: string | undefined },
): Promise<{ statusCode: number; headers?: Record<string, string> }> =>
  socketEvent(rt, 'CONNECT', connectionId, {
    headers: {
      Origin: origin,
      'Sec-WebSocket-Protocol': ticket === undefined ? 'rotadesk' : `rotadesk, ${ticket}`,
    },
  });

export interface LiveClient {
  readonly connectionId: string;
  send(frame: object | string): Promise<void>;
  /** Of this type, in the order they came. */
  received(type: string): Frame[];
  /** Subscribes, and gives what was answered. */
  subscribe(...topics: string[]): Promise<{ topics: string[]; refused: string[] }>;
  /** The line breaks, and the gateway tells of it. */
  leave(): Promise<void>;
}

/** An open connection of this caller. Throws when it is refused. */
export const openLive = async (
  { rt, gateway }: { rt: TestRuntime; gateway: FakeGateway },
  caller: Caller,
): Promise<LiveClient> => {
  const connectionId = rt.ids.next('con');
  const { statusCode } = await tryToOpen(rt, connectionId, { ticket: await ticketOf(rt, caller) });
  if (statusCode !== 200) throw new Error(`the connection was refused: ${statusCode}`);
  const received = (type: string) => gateway.frames(connectionId).filter((frame) => frame.type === type);
  const send: LiveClient['send'] = async (frame) => {
    const body = typeof frame === 'string' ? frame : JSON.stringify(frame);
    await socketEvent(rt, 'MESSAGE', connectionId, { body });
  };
  return {
    connectionId,
    send,
    received,
    subscribe: async (...topics) => {
      await send({ type: 'subscribe', topics });
      return received('subscribed').at(-1) as never;
    },
    leave: async () => {
      gateway.vanish(connectionId);
      await socketEvent(rt, 'DISCONNECT', connectionId);
    },
  };
};
