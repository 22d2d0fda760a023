/**
 * What accepting a message costs with every rule asked, however many entities, rules and messages there are; and how many a
 * second, against the same store doing nothing but the same transactions with the same parallelism, in turns.
 * `npm run bench -- sms-accept [--cells 1/0/0,10000/0/0,1/100000/0,1/0/190,10000/100000/190] [--samples 100] [--messages 1000] [--rounds 7]`
 */
import { parseArgs } from 'node:util';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../lib/platform/clock.ts';
import type { Runtime } from '../lib/platform/runtime.ts';
import { commit } from '../lib/platform/storage/commit.ts';
import { acceptSms } from '../lib/sms/acceptance/accept-sms.ts';
import type { LegalEntity } from '../lib/sms/core/registry-model.ts';
import { legalEntities, ownEntity } from '../lib/sms/entity-repository.ts';
import { smsWrite } from '../lib/sms/message-repository.ts';
import type { SmsCategory } from '../lib/sms/model.ts';
import { openRuleConfig } from '../lib/sms/rule-config-repository.ts';
import { shippedPresets } from '../lib/sms/rules/law-presets.ts';
import { printTable } from './print-table.ts';
import { type BenchWorld, closeWorlds, openWorld } from './world/open-world.ts';
import { inParallel, movedTo, recording } from './world/replay-transactions.ts';
import { addProvider, clockFrom, LAWFUL_NOON, phoneOf, putItems, queuedSms } from './world/seed-sms.ts';

const AIM_REQUESTS = 4;
const FLAT = 0.15;
const PARALLEL = 16;

const { values } = parseArgs({
  options: {
    /** Entities / messages stored / versions of rules added, each. */
    cells: { type: 'string', default: '1/0/0,10000/0/0,1/100000/0,1/0/190,10000/100000/190' },
    samples: { type: 'string', default: '100' },
    messages: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
  },
});

interface Cell {
  readonly entities: number;
  /** Messages in the table, a quarter of them to phones that are written to again. */
  readonly stored: number;
  /** Versions of law presets added by hand to those that ship. */
  readonly edits: number;
}

const entityId = (number: number): string =>
  `ent_${String(number).padStart(8, '0')}-0000-7000-8000-000000000000`;

const seed = async ({ aside }: BenchWorld, cell: Cell): Promise<void> => {
  const provider = await addProvider(aside, undefined, { ratePerSec: 100, concurrency: 4 });
  const providers = [{ providerId: provider.id }];
  await putItems(aside, cell.entities, (number) => {
    const entity: LegalEntity = {
      ...ownEntity,
      id: entityId(number),
      name: `Entity ${number}`,
      presets: { debt: ['RU-230'] },
      providers,
      version: 1,
    };
    return legalEntities.put(aside, entity);
  });
  await putItems(aside, cell.stored, (number) =>
    smsWrite(
      aside,
      undefined,
      queuedSms(aside, number, { entityId: entityId(number % cell.entities), state: 'delivered' }),
    ),
  );
  const [shipped] = shippedPresets.filter(({ code }) => code === 'RU-230');
  for (let edit = 0; edit < cell.edits && shipped; edit += 1) {
    const { write } = await openRuleConfig(aside);
    await commit(aside, { writes: write({ preset: { ...shipped, version: edit + 2 } }) });
  }
};

let count = 0;

const accept = (rt: Runtime, category: SmsCategory, cell: Pick<Cell, 'entities'>, phone?: string) => {
  count += 1;
  const draft = {
    entityId: entityId(count % cell.entities),
    category,
    phone: phone ?? phoneOf(5_000_000 + count),
    text: 'Entity: please call +7 495 000-00-00 about your debt.',
    zone: 'Europe/Moscow',
    overCap: 'defer',
  } as const;
  return acceptSms(rt, draft, { requestedBy: 'bench', key: String(count), requestHash: 'none' });
};

const COUNTED = ['transactional', 'debt', 'debt, counted before'] as const;

/** Requests and units of so many messages, each to a phone of its own, or to one that has been written to today. */
const costs = async (world: BenchWorld, cell: Cell, kind: (typeof COUNTED)[number]) => {
  const samples = Number(values.samples);
  const category = kind === 'transactional' ? 'transactional' : 'debt';
  const phones = Array.from({ length: samples }, (_, index) => phoneOf(4_000_000 + index));
  const again = kind === 'debt, counted before';
  // The same entity must write twice to count twice.
  const one = { entities: again ? 1 : cell.entities };
  if (again) for (const phone of phones) await accept(world.aside, category, one, phone);
  await accept(world.rt, category, one); // the registry of providers is known from now on
  world.counter.take();
  for (const phone of phones) await accept(world.rt, category, one, again ? phone : undefined);
  const tally = world.counter.take();
  return {
    requests: (tally.dynamo + tally.sqs) / samples,
    sqs: tally.sqs / samples,
    writeUnits: tally.writeUnits / samples,
    readUnits: tally.readUnits / samples,
  };
};

type Costs = Awaited<ReturnType<typeof costs>>;

const change = (now: number, then: number): string =>
  `${now >= then ? '+' : ''}${((now / then - 1) * 100).toFixed(0)} %`;

const costRow = (cell: Cell, kind: string, own: Costs, first: Costs) => ({
  category: kind,
  entities: cell.entities,
  'messages stored': cell.stored,
  'versions of rules added': cell.edits,
  requests: own.requests.toFixed(2),
  'of them SQS': own.sqs.toFixed(2),
  'write units': own.writeUnits.toFixed(2),
  'read units': own.readUnits.toFixed(2),
  [`≤ ${AIM_REQUESTS} requests`]: own.requests <= AIM_REQUESTS ? 'met' : 'missed',
  'against the first: requests, write units': `${change(own.requests, first.requests)}, ${change(own.writeUnits, first.writeUnits)}: ${
    own.requests <= first.requests * (1 + FLAT) && own.writeUnits <= first.writeUnits * (1 + FLAT)
      ? 'flat'
      : 'not flat'
  }`,
});

/** Stands still, so that what is known for five seconds stays known: what a refresh costs is told beside the table. */
const stillAt = (at: string) => {
  const nowMs = clockFrom(at).nowMs();
  return { nowMs: () => nowMs, sleep: systemClock.sleep };
};

const cellsOf = (): Cell[] =>
  values.cells.split(',').map((cell) => {
    const [entities = 1, stored = 0, edits = 0] = cell.split('/').map(Number);
    return { entities, stored, edits };
  });

const measureCosts = async (): Promise<void> => {
  const rows: ReturnType<typeof costRow>[] = [];
  const first = new Map<string, Costs>();
  for (const cell of cellsOf()) {
    const world = await openWorld(stillAt(LAWFUL_NOON));
    await seed(world, cell);
    for (const kind of COUNTED) {
      const own = await costs(world, cell, kind);
      if (!first.has(kind)) first.set(kind, own);
      rows.push(costRow(cell, kind, own, first.get(kind) as Costs));
    }
  }
  printTable(
    rows.toSorted((a, b) => COUNTED.indexOf(a.category as never) - COUNTED.indexOf(b.category as never)),
  );
};

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;
const spread = (list: readonly number[], digits: number): string =>
  [Math.min(...list), median(list), Math.max(...list)].map((each) => each.toFixed(digits)).join(' / ');

const measureRate = async (category: SmsCategory) => {
  const [one, other] = [await openWorld(clockFrom(LAWFUL_NOON)), await openWorld(clockFrom(LAWFUL_NOON))];
  const cell = { entities: 10, stored: 0, edits: 0 };
  await seed(one, cell);
  const rounds: { full: number; alone: number }[] = [];
  const messages = Number(values.messages);
  // The first round loads and warms what the others find loaded.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    const { rt, sent } = recording(one.rt);
    const full = await inParallel(
      PARALLEL,
      Array.from({ length: messages }, () => () => accept(rt, category, cell)),
    );
    const alone = await inParallel(
      PARALLEL,
      sent.map((input) => {
        const TransactItems = movedTo(other.rt, one.rt, input);
        return () => other.rt.dynamo.send(new TransactWriteCommand({ TransactItems }));
      }),
    );
    if (round > 0) rounds.push({ full: (messages / full) * 1000, alone: (sent.length / alone) * 1000 });
  }
  return {
    category,
    'messages a round': messages,
    rounds: rounds.length,
    parallel: PARALLEL,
    'accepted a second, min / median / max': spread(
      rounds.map(({ full }) => full),
      0,
    ),
    'the transactions alone': spread(
      rounds.map(({ alone }) => alone),
      0,
    ),
    ratio: spread(
      rounds.map(({ full, alone }) => full / alone),
      2,
    ),
  };
};

try {
  await measureCosts();
  printTable([await measureRate('transactional'), await measureRate('debt')]);
} finally {
  await closeWorlds();
}
