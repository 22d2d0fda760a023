/**
 * SQS and S3 stand-ins: fauxqs inside our own HTTP server. Its own `startFauxqs` binds to 0.0.0.0, and
 * everything here must stay on 127.0.0.1, so the application is put together from its parts.
 */
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';

export interface FauxqsApp {
  handle(request: IncomingMessage, response: ServerResponse): void;
  stop(): Promise<void>;
}

interface Persistence {
  readonly db: DatabaseSync;
  load(sqs: SqsStore, sns: unknown, s3: unknown): void;
  updateMessageReady(messageId: string): void;
  close(): void;
}
interface SqsStore {
  host: string;
  persistence?: Persistence;
  allQueues(): Iterable<{ persistence?: Persistence }>;
}

/** The parts which the package has but does not export; the lock file pins them, a test watches them. */
async function parts() {
  const dist = import.meta.resolve('fauxqs');
  const [sqs, sns, s3, store] = await Promise.all(
    ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js'].map(
      (file) => import(new URL(file, dist).href),
    ),
  );
  return {
    sqsStore: new sqs.SqsStore() as SqsStore,
    snsStore: new sns.SnsStore() as { persistence?: Persistence },
    s3Store: new s3.S3Store() as { persistence?: Persistence },
    open: (dataDir: string) => new store.PersistenceManager(dataDir) as Persistence,
  };
}

const RELEASE = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL';

/**
 * What a killed run leaves behind: messages in flight, whose holder is dead, and queue addresses with the old port.
 * Both are put right before the store is read.
 */
function settleKilledRun(dataDir: string, url: string): void {
  const file = join(dataDir, 'fauxqs.db');
  if (!existsSync(file)) return;
  const db = new DatabaseSync(file);
  try {
    db.exec(RELEASE);
    db.prepare("UPDATE sqs_queues SET url = ? || '/000000000000/' || name").run(url);
  } finally {
    db.close();
  }
}

/** @param options.url the gateway's own address; queue URLs begin with it. Without dataDir all is in memory. */
export async function startFauxqsApp(options: {
  url: string;
  dataDir?: string;
  region: string;
}): Promise<FauxqsApp> {
  const { sqsStore, snsStore, s3Store, open } = await parts();
  let persistence: Persistence | undefined;
  if (options.dataDir !== undefined) {
    settleKilledRun(options.dataDir, options.url);
    persistence = open(options.dataDir);
    persistence.load(sqsStore, snsStore, s3Store);
    keep(persistence, sqsStore);
    snsStore.persistence = persistence;
    s3Store.persistence = persistence;
  }
  const app = buildApp({
    logger: false,
    defaultRegion: options.region,
    // The store types are not exported; they are the classes which buildApp itself would make.
    stores: { sqsStore, snsStore, s3Store } as never,
  });
  // An empty host makes queue URLs from the request's own Host header, which is the gateway's address.
  sqsStore.host = '';
  await app.ready();
  return {
    handle: (request, response) => app.routing(request, response),
    stop: async () => {
      await app.close();
      persistence?.close();
    },
  };
}

function keep(persistence: Persistence, sqsStore: SqsStore): void {
  // A process may be killed at any moment here, a machine's power loss is nobody's case: no fsync for each message.
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  // fauxqs 2.4.1 clears the receive count too, which its own schema forbids (NOT NULL).
  const release = persistence.db.prepare(`${RELEASE} WHERE message_id = ?`);
  persistence.updateMessageReady = (messageId) => {
    release.run(messageId);
  };
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
}
