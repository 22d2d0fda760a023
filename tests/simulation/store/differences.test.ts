import * as fc from 'fast-check';
import { openEmbeddedStore } from '../engine/store/embedded-store.ts';
import { createMemoryStore } from '../engine/store/memory/memory-store.ts';
import type { Store } from '../engine/store/store.ts';
import { compareStores, differsFrom, type Recorded } from './against-embedded.ts';
import { commands } from './commands.ts';
import { modelWith, mutants } from './mutants.ts';

const RUNS = 100;
/** Commands that mutants of the model are evaluated by: always the same ones. */
const SEED = 20261128;
const SEQUENCES = 260;

let embedded: Store;

beforeAll(async () => {
  embedded = await openEmbeddedStore();
}, 60_000);
afterAll(() => embedded.close());

describe('the model of the store', () => {
  test('does what the embedded store does, whatever commands come', async () => {
    const memory = createMemoryStore();
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const { difference } = await compareStores(embedded, memory, sequence);
        expect(difference).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

describe('a deliberate fault in the model is found', () => {
  let recorded: (readonly Recorded[])[];

  beforeAll(async () => {
    recorded = [];
    const memory = createMemoryStore();
    for (const sequence of fc.sample(commands, { seed: SEED, numRuns: SEQUENCES }))
      recorded.push((await compareStores(embedded, memory, sequence)).recorded);
  }, 120_000);

  test.each(mutants)('$name', async (mutant) => {
    const memory = await modelWith(mutant);
    let isFound = false;
    for (const sequence of recorded) isFound ||= await differsFrom(memory, sequence);
    expect(isFound).toBe(true);
  });

  test('and the model as it is has none', async () => {
    const memory = await modelWith(undefined);
    const differing = await Promise.all(recorded.map((sequence) => differsFrom(memory, sequence)));
    expect(differing.indexOf(true)).toBe(-1);
  });
});
