import * as z from 'zod';

/** Environment of one process, as plain data. The only reader of `process.env` is `processEnvironment`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const processEnvironment = (): Environment => process.env;

const url = z.url();
const name = z.string().min(1);

/** What every function needs. */
export const baseConfig = z.object({
  STAGE: name,
  LOG_LEVEL: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT']).default('INFO'),
  TABLE_PLATFORM: name,
});

/** The verifier's keys: an inline JWKS, the address of one, or both (the inline one is used first). */
export const authConfig = z
  .object({
    AUTH_JWKS: z.string().optional(),
    AUTH_JWKS_URL: z.union([url, z.literal('')]).optional(),
    AUTH_ISSUER: name,
    AUTH_AUDIENCE: name,
  })
  .refine((env) => Boolean(env.AUTH_JWKS) || Boolean(env.AUTH_JWKS_URL), {
    message: 'AUTH_JWKS or AUTH_JWKS_URL must be set',
  });

/** Reads a slice of the environment; throws at cold start with the names of what is missing, never with values. */
export const readConfig = <S extends z.ZodType>(slice: S, env: Environment): z.infer<S> => {
  const parsed = slice.safeParse(env);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`configuration is incomplete: ${names.join('; ')}`);
};

/** Base address of this API for links and signatures, without a slash at its end. Never taken from a `Host` header. */
export const publicUrl = (env: Environment): string => {
  if (!env.PUBLIC_URL) throw new Error('configuration is incomplete: PUBLIC_URL');
  return env.PUBLIC_URL.replace(/\/+$/, '');
};

/** Where open WebSocket connections are reached: `https://<api>.execute-api.<region>.amazonaws.com/<stage>`. */
export const callbackUrl = (env: Environment): string => {
  if (!env.LIVE_CALLBACK_URL) throw new Error('configuration is incomplete: LIVE_CALLBACK_URL');
  return env.LIVE_CALLBACK_URL;
};

/**
 * Address of a queue by its logical name (`tickets-new`, `inbound-messages.fifo`). All queues of a stage share a prefix:
 * QUEUE_BASE is what their addresses begin with.
 */
export const queueUrl = (env: Environment, queue: string): string => {
  if (env.QUEUE_BASE === undefined) throw new Error('configuration is incomplete: QUEUE_BASE');
  return env.QUEUE_BASE + queue;
};

/** Physical name of a table by its logical one: that of the module that keeps it, or `access` for the one with callers' keys. */
export const tableName = (env: Environment, table: string): string => {
  const variable = `TABLE_${table.replaceAll('-', '_').toUpperCase()}`;
  const value = env[variable];
  if (!value) throw new Error(`configuration is incomplete: ${variable}`);
  return value;
};
