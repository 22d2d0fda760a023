/** DynamoDB as a run uses it: the embedded one over HTTP, or the model in this process. */
export interface Store {
  /** A document client's command, by its name without `Command`. Throws the SDK's own exceptions. */
  send(operation: string, input: Plain): Promise<Plain>;
  createTable(input: Plain): Promise<void>;
  deleteTable(tableName: string): Promise<void>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: inputs and answers of every operation
export type Plain = Record<string, any>;
