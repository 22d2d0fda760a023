/**
 * The WebSocket API on a laptop: serverless-offline's own, over our function pool. Its plugin would open Lambda's API along with
 * it, by which any page could call any function.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FunctionDefinition, FunctionPool, Serverless } from './function-pool.ts';

export interface WebsocketApi {
  stop(): Promise<void>;
}

/** The part of serverless-offline's server that we use; the package does not export it. */
interface OfflineServer {
  createServer(): Promise<void>;
  create(events: readonly { functionKey: string; websocket: unknown }[]): void;
  start(): Promise<unknown>;
  stop(timeoutMs: number): Promise<unknown>;
}
type OfflineServerClass = new (serverless: Serverless, options: object, lambda: object) => OfflineServer;

/** As API Gateway: a connection without a frame, and any connection. */
const IDLE_SEC = 600;
const LONGEST_SEC = 7200;
const STOP_WITHIN_MS = 1_000;

const offlineServer = async (): Promise<OfflineServerClass> => {
  const exported = createRequire(import.meta.url).resolve('serverless-offline/lambda');
  const file = new URL('../events/websocket/index.js', pathToFileURL(exported));
  const { default: server } = (await import(file.href)) as { default: OfflineServerClass };
  return server;
};

/** How the server calls a function: it sets the event first. */
const callable = (pool: FunctionPool) => ({
  get: (functionKey: string) => {
    let given: unknown;
    return {
      setEvent: (event: unknown) => {
        given = event;
      },
      runHandler: () => pool.invoke(functionKey, given),
    };
  },
});

/** Listens on 127.0.0.1; undefined when no function has `websocket` events. */
export async function openWebsocketApi(
  serverless: Serverless,
  port: number,
  { pool, functions }: { pool: FunctionPool; functions: Readonly<Record<string, FunctionDefinition>> },
): Promise<WebsocketApi | undefined> {
  const events = Object.entries(functions).flatMap(([functionKey, definition]) =>
    definition.events.flatMap(({ websocket }) => (websocket ? [{ functionKey, websocket }] : [])),
  );
  if (events.length === 0) return undefined;
  const Server = await offlineServer();
  const options = {
    host: '127.0.0.1',
    websocketPort: port,
    webSocketIdleTimeout: IDLE_SEC,
    webSocketHardTimeout: LONGEST_SEC,
  };
  const server = new Server(serverless, options, callable(pool));
  await server.createServer();
  server.create(events);
  await server.start();
  return { stop: async () => void (await server.stop(STOP_WITHIN_MS)) };
}
