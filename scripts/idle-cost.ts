/**
 * What a deployed stage costs in a month in which nothing happens: counted from the packaged template, and what the ticks
 * read from the store. Prices of us-east-1 in USD, without the free tiers.
 */
import { wakeDesks } from '../lib/desk/dispatch/wake-desks.ts';
import { deskTimers } from '../lib/desk/timers/timers.ts';
import { sweepOutbox } from '../lib/platform/events/outbox.ts';
import { sweepDue } from '../lib/platform/timers/sweep-due.ts';
import { checkProviders } from '../lib/sms/sending/check-providers.ts';
import { smsTimers } from '../lib/sms/timers.ts';
import { loadPackagedTemplate } from '../localstack/package-template.ts';
import { cacheDir } from '../localstack/places.ts';
import { idleResources, idleRows, totalUsd } from './idle/monthly-cost.ts';
import { printTable } from './print-table.ts';
import { closeWorlds, openWorld, StillClock } from './world/open-world.ts';

const MINUTES_A_MONTH = 30.4 * 24 * 60;

/** Read units of one minute's ticks on an empty stage; the providers' check comes every fifth. */
async function readUnitsAMinute(): Promise<number> {
  const { rt, counter } = await openWorld(new StillClock());
  await wakeDesks(rt);
  await sweepDue(rt, deskTimers);
  await sweepDue(rt, smsTimers);
  await sweepOutbox(rt, 10_000);
  const everyMinute = counter.take().readUnits;
  await checkProviders(rt);
  return everyMinute + counter.take().readUnits / 5;
}

const readUnits = await readUnitsAMinute();
await closeWorlds();
const rows = idleRows(idleResources(await loadPackagedTemplate(cacheDir())), readUnits * MINUTES_A_MONTH);
printTable(rows.map(({ usd, ...row }) => ({ ...row, 'USD a month': usd.toFixed(2) })));
process.stdout.write(`${readUnits} read units a minute; in all ${totalUsd(rows).toFixed(2)} USD a month\n`);
