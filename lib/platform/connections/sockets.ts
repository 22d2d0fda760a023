/** What became of a frame: `gone` is a connection that is closed, or was never there. */
export type SendOutcome = 'sent' | 'gone';

/** The way to open WebSocket connections, by the ids that the gateway gave them. */
export interface Sockets {
  /** Throws AppError `socket-unavailable` when the gateway does not say what became of it. */
  send(connectionId: string, frame: string): Promise<SendOutcome>;
  /** Closes one; closing what is closed changes nothing. Throws AppError `socket-unavailable`. */
  close(connectionId: string): Promise<void>;
}
