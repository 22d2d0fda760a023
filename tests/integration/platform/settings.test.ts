import * as z from 'zod';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import type { Role } from '../../../lib/platform/caller.ts';
import { defineSettings } from '../../../lib/platform/settings/define-settings.ts';
import { editSettings, type SettingsHooks } from '../../../lib/platform/settings/edit-settings.ts';
import {
  findSettings,
  findSettingsAt,
  listHistory,
} from '../../../lib/platform/settings/settings-repository.ts';
import { itemsOf } from '../../../lib/platform/storage/items.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
});

const seconds = { unit: 'seconds', min: 0, max: 900, description: 'Seconds of something.' } as const;
/** A set of its own for each test. */
const declare = () =>
  defineSettings({
    name: rt.ids.next('set'),
    table: 'desk',
    group: 'service',
    settings: {
      graceSec: { ...seconds, initial: 60 },
      lockSec: { ...seconds, initial: 30, group: 'security' },
      feeSec: { ...seconds, initial: 50, group: 'money' },
      countries: { schema: z.array(z.string()), initial: ['RU'] },
    },
  });
type Declared = ReturnType<typeof declare>;
type Values = Declared['initial']['values'];

interface How {
  readonly roles?: readonly Role[];
  readonly ifMatch?: number;
  readonly scopeId?: string;
  readonly hooks?: SettingsHooks<Values>;
}

const edit = (
  settings: Declared,
  values: Partial<Values>,
  { roles = ['manager'], ifMatch = 0, scopeId, hooks = {} }: How = {},
) =>
  editSettings(rt, settings, { change: { scopeId, values }, ifMatch, caller: { id: 'usr_1', roles } }, hooks);

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'changed',
    (error: { code?: string }) => error.code,
  );
const historyOf = async (settings: Declared) => (await listHistory(rt, settings, { limit: 10 })).items;

test('R-DESK-01 a setting that nobody changed is as we ship it, and so is one that a stored version does not know', async () => {
  const settings = declare();
  expect((await findSettings(rt, settings)).global).toEqual(settings.initial);
  await edit(settings, { graceSec: 5 });
  const { graceSec } = settings.settings;
  const later = defineSettings({
    ...settings,
    pairs: [],
    settings: { graceSec, newSec: { ...seconds, initial: 7 } },
  });
  expect((await findSettings(rt, later)).global.values).toEqual({ graceSec: 5, newSec: 7 });
});

test('R-DESK-01 a stored value of another kind is not taken for one', async () => {
  const settings = declare();
  await edit(settings, { graceSec: 5 });
  const item = await itemsOf('desk').find(rt, settings.key());
  const odd = { ...item, values: { graceSec: 'five' } };
  expect(() => settings.toGlobal(odd)).toThrow('graceSec');
});

test('R-DESK-01 service settings are the managers’, security settings the admins’, and money takes two persons', async () => {
  const settings = declare();
  expect(await codeOf(edit(settings, { graceSec: 5 }, { roles: ['admin'] }))).toBe('setting-of-others');
  expect(await codeOf(edit(settings, { lockSec: 5 }))).toBe('setting-of-others');
  expect(await codeOf(edit(settings, { graceSec: 5, lockSec: 5 }))).toBe('setting-of-others');
  expect(await codeOf(edit(settings, { feeSec: 5 }, { roles: ['manager', 'admin'] }))).toBe('two-persons');
  expect((await findSettings(rt, settings)).global.version).toBe(0);
  expect(await codeOf(edit(settings, { lockSec: 5 }, { roles: ['admin'] }))).toBe('changed');
  expect(await codeOf(edit(settings, { graceSec: 5, countries: ['KZ'] }, { ifMatch: 1 }))).toBe('changed');
});

test('R-DESK-01 of edits at one version one passes, and what changes nothing makes no version', async () => {
  const settings = declare();
  const codes = await Promise.all([1, 2, 3, 4].map((graceSec) => codeOf(edit(settings, { graceSec }))));
  expect(codes.toSorted()).toEqual(['changed', 'stale', 'stale', 'stale']);
  const { graceSec } = (await findSettings(rt, settings)).global.values;
  await edit(settings, { graceSec, countries: ['RU'] }, { ifMatch: 1 });
  expect(await historyOf(settings)).toHaveLength(1);
});

test('R-ADM-02 the history and the audit log say who changed what, from what to what', async () => {
  const settings = declare();
  const received = listenToEvents(rt);
  await edit(settings, { graceSec: 5, countries: ['KZ', 'RU'] });
  await edit(settings, { graceSec: 6 }, { scopeId: 'dsk_a', ifMatch: 1 });
  const changes = [
    { name: 'graceSec', from: 60, to: 5 },
    { name: 'countries', from: ['RU'], to: ['KZ', 'RU'] },
  ];
  const own = [{ name: 'graceSec', from: null, to: 6 }];
  expect(await historyOf(settings)).toMatchObject([
    { version: 2, actorId: 'usr_1', scopeId: 'dsk_a', changes: own },
    { version: 1, actorId: 'usr_1', changes },
  ]);
  expect(ofType(received, auditRecorded).map(({ data }) => data)).toMatchObject([
    { subject: `settings/${settings.name}`, action: `${settings.name}.changed`, details: { changes } },
    { subject: `settings/${settings.name}/dsk_a`, details: { version: 2, changes: own } },
  ]);
});

test('R-DESK-12 the values of an instant are found again, however often they changed since', async () => {
  const settings = declare();
  const at: string[] = [];
  for (const graceSec of [5, 6]) {
    rt.clock.move(1000);
    await edit(settings, { graceSec }, { ifMatch: graceSec - 5 });
    const [{ at: changedAt = '' } = {}] = await historyOf(settings);
    at.push(changedAt);
  }
  const graceAt = async (instant: string) =>
    (await findSettingsAt(rt, settings, { scopeId: 'dsk_a', at: instant })).global.values.graceSec;
  expect([await graceAt('2000'), await graceAt(at[0] ?? ''), await graceAt(at[1] ?? '')]).toEqual([60, 5, 6]);
});

test('R-DESK-01 what a module refuses is not changed, and what it adds is in the same commit', async () => {
  const settings = declare();
  const also = () => Promise.reject(new Error('not so'));
  await expect(edit(settings, { graceSec: 5 }, { hooks: { also } })).rejects.toThrow('not so');
  expect((await findSettings(rt, settings)).global.version).toBe(0);
  const beside = { pk: settings.name, sk: 'BESIDE' };
  await edit(
    settings,
    { graceSec: 5 },
    {
      hooks: {
        also: async (_, { version, inForce }) => ({
          writes: [itemsOf('desk').putNew(rt, { ...beside, version, graceSec: inForce.graceSec })],
        }),
      },
    },
  );
  expect(await itemsOf('desk').find(rt, beside)).toMatchObject({ version: 1, graceSec: 5 });
});
