import * as z from 'zod';

// What a module says about itself in functions/<module>/functions.yml. Everything else (roles, dead-letter queues,
// alarms, visibility timeouts, environment) follows from it, so that two places cannot disagree.

const seconds = z.int().positive();

const functionDeclaration = z.strictObject({
  handler: z.string().regex(/^functions\/[a-z-]+\/[a-z.-]+\.handler$/),
  description: z.string().min(1),
  timeoutSec: seconds.max(900),
  memoryMb: z.int().min(128).max(10_240).default(512),
  /** Prefixes of the HTTP API: each is taken with everything below it. `$default` takes the rest. */
  routes: z.array(z.string().regex(/^(\$default|(\/[a-z0-9.-]+)+)$/)).default([]),
  /**
   * Routes below those prefixes that the gateway throttles by themselves, in requests a second, so that a flood of the others
   * does not keep them out: `POST /v1/things/ping: { perSec: 100, burst: 200 }`.
   */
  throttledApart: z
    .record(
      z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) (\/[a-z0-9.-]+)+$/),
      z.strictObject({ perSec: z.int().positive(), burst: z.int().positive() }),
    )
    .default({}),
  /** Checks access tokens and machines' keys, so it needs the verifier's keys and the keys' part of the table that keeps access. */
  signedIn: z.boolean().default(false),
  /** Stands on who is an admin: makes what two of them do (lib/platform/approvals). */
  readsAdmins: z.boolean().default(false),
  /** Looks up whether a machine's key still stands, without being called by it. */
  readsKeys: z.boolean().default(false),
  /** Derives codes, tokens or keys from the stage's master secret. */
  secrets: z.boolean().default(false),
  /** Makes links to this API, or checks signatures over its address. */
  publicUrl: z.boolean().default(false),
  /** Calls addresses that people typed, or checks them: providers, webhooks. */
  callsOut: z.boolean().default(false),
  /** Checks or fills the words of e-mails. */
  writesEmails: z.boolean().default(false),
  /** Hands e-mails over to the mail transport. */
  sendsMail: z.boolean().default(false),
  /** Works off the WebSocket API: $connect, $disconnect and every frame. One function of the product does. */
  sockets: z.boolean().default(false),
  /** Sends frames to connections of that API, and closes them. */
  sendsFrames: z.boolean().default(false),
  /** Queues whose messages it works off. */
  consumes: z.array(z.string()).default([]),
  /** `rate(5 minutes)`, `cron(…)`: an alarm rises when it has not run for a while. */
  schedule: z.string().optional(),
  /** Of a schedule that comes less than daily, which CloudWatch cannot miss: the metric that says its work was not done. */
  missedAs: z.string().optional(),
  tables: z.record(z.string(), z.array(z.enum(['read', 'write', 'append'])).nonempty()).default({}),
  /**
   * Whether it publishes events: those of its module, what that also publishes (lib/<module>/module.ts), entries of the audit log.
   * The queues it may send to follow from their routes (infra/event-routes.ts).
   */
  publishes: z.boolean().default(true),
  /** Buckets, and the S3 actions on objects below their prefix. */
  buckets: z
    .record(z.string(), z.array(z.enum(['GetObject', 'PutObject', 'DeleteObject'])).nonempty())
    .default({}),
});

const queueDeclaration = z.strictObject({
  /**
   * Where somebody waits for what the messages bring: those older than this raise an alarm. Elsewhere a message is worked off
   * late, or ends among the dead letters, and an alarm a queue is what idle costs are made of.
   */
  ageAlarmSec: seconds.optional(),
  batchSize: z.int().min(1).max(10).default(10),
  /** Invocations at once; without it the queue may take all that the account has. */
  maxConcurrency: z.int().min(2).max(1000).optional(),
  /** Where refused messages end: nothing consumes it, and a message in it raises the alarm. */
  terminal: z.boolean().default(false),
  /**
   * Why it stands beside `<module>-events`, which takes all that a module consumes: each further one is polled, and paid for, when
   * nothing happens. FIFO, a concurrency of its own, or somebody whom a flood of other messages must not delay.
   */
  reason: z.string().min(1).optional(),
  /** What becomes of e-mails (bounces, complaints) comes into it, as Amazon SES tells. */
  mailFeedback: z.boolean().default(false),
});

const indexDeclaration = z.strictObject({
  partition: z.string(),
  sort: z.string(),
  projection: z.enum(['KEYS_ONLY', 'ALL']),
});

const tableDeclaration = z.strictObject({ indexes: z.record(z.string(), indexDeclaration).default({}) });

const bucketDeclaration = z.strictObject({
  /** The only part of the bucket which functions may touch. */
  prefix: z.string().endsWith('/'),
  /** The console's pages send files to it and read from it. */
  browsers: z.boolean().default(false),
  /** Objects below these prefixes go by themselves after so many days. */
  expiresAfterDays: z.record(z.string().endsWith('/'), z.int().positive()).default({}),
  /** What was overwritten or removed, by whatever mistake, can be had back for so many days. */
  keepsVersionsDays: z.int().positive().optional(),
});

/** What the module counts by `count` (lib/platform/metrics.ts), and when that is a reason to wake somebody. */
const metricDeclaration = z.strictObject({
  description: z.string().min(1),
  /** The alarm rises at so many in one period; without it the figure is for the dashboard alone. */
  alarmAt: z.int().positive().optional(),
  periodSec: seconds.multipleOf(60).default(300),
  /** What the dashboard shows of it; the highest value of something that is looked at from time to time. */
  statistic: z.enum(['Sum', 'Maximum']).default('Sum'),
  /** It comes in several figures, one for each value of this: `currency`. */
  by: z.string().optional(),
});

export const moduleDeclaration = z.strictObject({
  functions: z.record(z.string().regex(/^[a-z][a-z-]+$/), functionDeclaration),
  queues: z.record(z.string().regex(/^[a-z-]+(\.fifo)?$/), queueDeclaration).default({}),
  tables: z.record(z.string(), tableDeclaration).default({}),
  buckets: z.record(z.string(), bucketDeclaration).default({}),
  metrics: z.record(z.string().regex(/^[A-Z][A-Za-z]+$/), metricDeclaration).default({}),
});

/** As declared, and what follows: `sends`, the queues that it may send to. */
export type FunctionDeclaration = z.infer<typeof functionDeclaration> & { readonly sends: readonly string[] };
export type TableDeclaration = z.infer<typeof tableDeclaration>;
export type BucketDeclaration = z.infer<typeof bucketDeclaration>;
export type ModuleDeclaration = Omit<z.infer<typeof moduleDeclaration>, 'functions'> & {
  readonly functions: Readonly<Record<string, FunctionDeclaration>>;
};

/** All modules as one, to look things up in, with the settings of the stage. */
export interface Product extends ModuleDeclaration {
  readonly service: string;
  readonly stage: string;
  readonly settings: Settings;
  /** The table with callers' keys and with who lost access. */
  readonly accessTable: string;
  /** Each by its name. */
  readonly modules: Readonly<Record<string, ModuleDeclaration>>;
}

/** An environment can be read by everyone who may look at the function. */
const holdsNoPrivateKey = (jwks: string): boolean => {
  if (jwks === '') return true;
  try {
    const { keys } = JSON.parse(jwks) as { keys: Record<string, unknown>[] };
    return keys.every((key) => !('d' in key) && !('k' in key));
  } catch {
    return false;
  }
};

/** `desk@firm.example` or `Desk <desk@firm.example>` */
const SENDER = /^([^<>]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

/** `sms.firm.example,sms.firm.example:9443`; empty: none. Names alone: what is behind one is checked at each call. */
const HOSTS = /^(([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:\d{1,5})?(,(?=[a-z0-9])|$))*$/;
/** `https://desk.firm.example`, or a page served on the developer's own machine; never `*`. */
const ORIGIN = /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?)$/;

const areOrigins = (list: string): boolean => list.split(',').every((each) => ORIGIN.test(each));

const httpsAddress = z.string().regex(/^(https:\/\/[^\s/]+(\/[^\s]*[^\s/])?)?$/, 'is not an https address');

export const settingsSchema = z
  .object({
    /** Base address of the API; empty: the gateway's own. */
    publicUrl: httpsAddress,
    /** Empty: the product's own sign-in. */
    authIssuer: z.string(),
    authAudience: z.string().min(1),
    /** Empty: the product's own. */
    authJwksUrl: httpsAddress,
    authJwks: z.string().refine(holdsNoPrivateKey, 'is not a JWKS of public keys alone'),
    mailTransport: z.enum(['ses', 'smtp']),
    mailFrom: z.string().regex(SENDER, 'is not a sender'),
    /** `smtps://user:password@host:465`; asked for by the transport `smtp` alone. */
    smtpUrl: z.string(),
    /** Ports of addresses that people type. */
    outboundPorts: z.string().regex(/^\d{1,5}(,\d{1,5})*$/, 'is not a list of ports'),
    /** Hosts of SMS providers besides the kinds' own: a proxy of the firm, a regional address. */
    providerHosts: z.string().regex(HOSTS, 'is not a list of public host names'),
    /** SHA-256, hex, of what CloudFront sends as `X-Origin-Secret`; two with a comma between while one replaces the other. */
    originSecretSha256: z
      .string()
      .regex(/^([0-9a-f]{64}(,[0-9a-f]{64})?)?$/, 'is not one or two SHA-256 in hex'),
    /** Name of that secret in Secrets Manager: CloudFormation reads it for the console's distribution. */
    originSecretName: z.string().regex(/^([\w/+=.@-]{1,512})?$/, 'is not the name of a secret'),
    /** Name at which CloudFront serves the console and the API; empty: there is no stack of the console. */
    consoleDomain: z.string().regex(/^(([a-z0-9-]+\.)+[a-z]{2,})?$/, 'is not a domain name'),
    /** Of that name. CloudFront takes certificates and web ACLs of us-east-1 alone. */
    consoleCertificateArn: z
      .string()
      .regex(
        /^(arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+)?$/,
        'is not a certificate of us-east-1',
      ),
    /** Empty: no AWS WAF. */
    consoleWebAclArn: z
      .string()
      .regex(
        /^(arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w/-]+)?$/,
        'is not a web ACL for CloudFront',
      ),
    corsOrigins: z.string().refine(areOrigins, 'is not a list of origins'),
    /** Hosts that words of e-mails may lead to besides the product's own. */
    emailHosts: z.string().regex(HOSTS, 'is not a list of public host names'),
    alarmEmail: z.string(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']),
    deletionProtection: z.enum(['true', 'false']),
  })
  .refine(({ originSecretSha256, publicUrl }) => originSecretSha256 === '' || publicUrl !== '', {
    path: ['publicUrl'],
    message: 'is needed with originSecretSha256: the gateway’s own address then answers 403',
  })
  .refine(
    ({ consoleDomain, publicUrl }) => consoleDomain === '' || publicUrl === `https://${consoleDomain}`,
    {
      path: ['publicUrl'],
      message: 'must be https:// and consoleDomain: sessions belong to the console’s own origin',
    },
  )
  .refine(
    ({ consoleDomain, consoleCertificateArn, originSecretName, originSecretSha256 }) =>
      consoleDomain === '' || ![consoleCertificateArn, originSecretName, originSecretSha256].includes(''),
    {
      path: ['consoleDomain'],
      message: 'needs consoleCertificateArn, originSecretName and originSecretSha256',
    },
  )
  .refine(({ mailTransport, smtpUrl }) => mailTransport !== 'smtp' || smtpUrl !== '', {
    path: ['smtpUrl'],
    message: 'is needed by mailTransport smtp',
  });
export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error when two modules declare the same name. */
export const merge = (modules: readonly ModuleDeclaration[]): ModuleDeclaration => {
  const join = <K extends keyof ModuleDeclaration>(key: K): ModuleDeclaration[K] => {
    const entries = modules.flatMap((each) => Object.entries(each[key]));
    const names = new Set(entries.map(([name]) => name));
    if (names.size !== entries.length)
      throw new Error(`${key}: a name is declared twice among ${[...names]}`);
    return Object.fromEntries(entries) as ModuleDeclaration[K];
  };
  return {
    functions: join('functions'),
    queues: join('queues'),
    tables: join('tables'),
    buckets: join('buckets'),
    metrics: join('metrics'),
  };
};
