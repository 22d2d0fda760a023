/**
 * `npm run idle-cost`: what a deployed stage costs in a month in which nothing happens, now and with all nineteen modules. Counted
 * from the packaged template; what the ticks read is measured, by calling each on an empty store. With `-- --write` the pages say so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableText } from '../bench/print-table.ts';
import { closeWorlds, openWorld, StillClock } from '../bench/world/open-world.ts';
import { instant } from '../lib/platform/clock.ts';
import { withRuntime } from '../lib/platform/open-runtime.ts';
import type { Template } from '../localstack/cloudformation.ts';
import { loadPackagedTemplate } from '../localstack/package-template.ts';
import { cacheDir } from '../localstack/places.ts';
import { scheduleTriggers } from '../localstack/triggers.ts';
import { loadHandler, testContext } from '../tests/support/aws/handlers.ts';
import {
  ASSUMPTIONS,
  billedUsd,
  everySec,
  type IdleRow,
  idleResources,
  idleRows,
  MONTH_SEC,
  totalUsd,
  withPlanned,
} from './idle-cost/monthly-cost.ts';
import { PLANNED } from './idle-cost/planned.ts';

const REGION = 'eu-central-1';

/** Read units that all ticks of a month take on an empty stage. */
async function readUnitsAMonth(template: Template): Promise<number> {
  const { rt, clock, counter } = await openWorld(new StillClock());
  let units = 0;
  for (const { functionId, expression } of scheduleTriggers(template, REGION)) {
    const runs = MONTH_SEC / everySec(expression);
    if (runs === 0) continue;
    const { Handler = '' } = (template.Resources[functionId]?.Properties ?? {}) as { Handler?: string };
    const handler = await loadHandler(Handler);
    const event = { time: instant(clock.nowMs()) };
    const context = testContext({ ids: rt.ids, aws: { region: REGION } }, functionId);
    counter.take();
    await withRuntime(rt, () => handler(event, context));
    units += counter.take().readUnits * runs;
  }
  return Math.round(units);
}

const usd = (amount: number): string => amount.toFixed(2);

function table(rows: readonly IdleRow[]): string {
  const all = [
    ...rows.map((row) => ({ ...row, usd: usd(row.usd), billedUsd: usd(row.billedUsd) })),
    { what: '**sum**', count: '', price: '', usd: usd(totalUsd(rows)), billedUsd: usd(billedUsd(rows)) },
  ];
  return tableText(
    all.map(({ what, count, price, usd: full, billedUsd: billed }) => ({
      what,
      count,
      'USD each': price,
      'USD a month': full,
      'beyond what is always free': billed,
    })),
  );
}

/** Puts both tables below their heading in docs/operations.md, and the sum into README.md. */
function writePages(made: readonly string[], billed: number): void {
  const rewrite = (page: string, change: (text: string) => string) => {
    const file = join(import.meta.dirname, '..', page);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  rewrite('docs/operations.md', (text) => {
    const [before, section] = text.split(/(?=^### What idle costs)/m);
    const left = [...made];
    return (
      before +
      (section ?? '').replaceAll(/^\| what \|.*\n(\|.*\n)+/gm, (old) => {
        const next = left.shift();
        return next === undefined ? old : `${next}\n`;
      })
    );
  });
  rewrite('README.md', (text) =>
    text.replace(/some \d+ USD a month/, `some ${billed.toFixed(0)} USD a month`),
  );
}

const template = await loadPackagedTemplate(cacheDir());
const units = await readUnitsAMonth(template);
await closeWorlds();
const now = idleResources(template);
const whole = withPlanned(now, Object.values(PLANNED));
const rows = idleRows(now, units);
const tables = [table(rows), table(idleRows(whole, (units * whole.ticksAMonth) / now.ticksAMonth))] as const;
const more = `With ${Object.keys(PLANNED).length} more (${Object.keys(PLANNED).join(', ')})`;
process.stdout.write(`The modules there are\n\n${tables[0]}\n\n${more}\n\n${tables[1]}\n\n`);
process.stdout.write(`${ASSUMPTIONS.map((each) => `- ${each}`).join('\n')}\n`);
if (process.argv.includes('--write')) writePages(tables, billedUsd(rows));
