import { FailuresCheck } from '../checks/failures.ts';
import { checkQueues, checkStore } from '../checks/leftovers.ts';
import { tokenOf } from '../engine/cloud.ts';
import { serialiseCryptography } from '../engine/cryptography.ts';
import { randomOf } from '../engine/random.ts';
import { comeToRest, finished, until } from '../engine/rest.ts';
import { type RunSeed, runWorld } from '../engine/run.ts';
import type { World } from '../engine/world.ts';
import type { FaultTable } from '../faults/fault-plan.ts';
import { type ApiUser, createCallers, type Who } from '../workload/api.ts';
import { runSchedules } from '../workload/schedules.ts';
import { checkCaps } from './checks/caps.ts';
import { CodesCheck } from './checks/codes.ts';
import { LeavingCheck } from './checks/leaving.ts';
import { checkLife, checkMoves } from './checks/life.ts';
import { PaceCheck } from './checks/pace.ts';
import { Register } from './checks/register.ts';
import { RegistrationsCheck } from './checks/registrations.ts';
import { SecretsCheck } from './checks/secrets.ts';
import { SessionsCheck } from './checks/sessions.ts';
import { Company } from './outside/company.ts';
import { Outside } from './outside/outside.ts';
import { virtualiseTimeouts } from './outside/patience.ts';
import { runManager } from './workload/manager.ts';
import { runService } from './workload/service.ts';
import { setUp } from './workload/set-up.ts';
import { runSigner } from './workload/signer.ts';
import { drawScenario, morningAfter, phoneOf, type Scenario, type Workload } from './workload/workload.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Strong rates of what goes wrong outside: most messages still get through. */
const OUTSIDE_FAULTS: FaultTable = {
  'provider-unreachable': 0.04,
  'provider-request-lost': 0.05,
  'provider-answer-lost': 0.06,
  'provider-silent': 0.04,
  'provider-slow': 0.1,
  'provider-refuses': 0.08,
  'provider-stop-list': 0.08,
  'provider-throttles': 0.1,
  'provider-broken': 0.05,
  'provider-strange-status': 0.15,
  'report-lost': 0.3,
  'report-doubled': 0.3,
  'report-late': 0.15,
  'report-reordered': 0.2,
  'report-unknown': 0.1,
};

const ENVIRONMENT = {
  PUBLIC_URL: 'https://api.rotadesk.example',
  AUTH_ISSUER: 'https://api.rotadesk.example',
  AUTH_AUDIENCE: 'rotadesk',
  AUTH_JWKS: '{"keys":[]}',
  OUTBOUND_PORTS: '443',
  PROVIDER_HOSTS: 'smsc.example,smsru.example,twilio.example',
};

interface Life {
  readonly workload: Workload;
  readonly callers: (who: Who) => ApiUser;
  readonly leaving: LeavingCheck;
  readonly registrations: RegistrationsCheck;
  readonly codes: CodesCheck;
}

const openWorkload = (world: World, scenario: Scenario, actions: number): Life => {
  const register = new Register(world);
  const failures = new FailuresCheck(world, ['conflict']);
  const leaving = new LeavingCheck(world, register);
  const registrations = new RegistrationsCheck(world, register);
  const codes = new CodesCheck(world, scenario.codes);
  world.watchers.push(register, failures, registrations, codes);
  world.watchers.push(new SecretsCheck(world), new SessionsCheck(world));
  checkMoves(world, register);
  const companies = scenario.providers.map(({ api }) => new Company(api, api, world.timeline.nowMs));
  const outside = new Outside(world, companies, [leaving, new PaceCheck(world, register)]);
  const workload: Workload = {
    ...{ world, scenario, register, outside, entityIds: [], providerIds: [] },
    challenges: new Map(),
    actionsLeft: actions,
    asleepUntilMs: 0,
  };
  return { workload, callers: createCallers(world), leaving, registrations, codes };
};

/** Nights come when a share of the actions is done: everybody sleeps, and no tick goes until shortly before morning. */
const runNights = (workload: Workload, schedules: ReturnType<typeof runSchedules>, actions: number): void => {
  const { timeline, random } = workload.world;
  const { nights } = workload.scenario;
  const own = random.fork('nights');
  let slept = 0;
  const look = (): void => {
    const done = actions - workload.actionsLeft;
    if (slept < nights && done >= (actions * (slept + 1)) / (nights + 1)) {
      slept += 1;
      const morningMs = morningAfter(timeline.nowMs(), own);
      workload.asleepUntilMs = morningMs;
      // What was under way in the evening has its ticks yet.
      timeline.at(timeline.nowMs() + 3 * MINUTE_MS, () => schedules.pauseUntil(morningMs - 2 * MINUTE_MS));
    }
    if (slept < nights) timeline.at(timeline.nowMs() + 1000, look);
  };
  look();
};

/** Time passes without ticks, and then they come again. */
const passTime = async (
  world: World,
  schedules: ReturnType<typeof runSchedules>,
  ms: number,
): Promise<void> => {
  const untilMs = world.timeline.nowMs() + ms;
  schedules.pauseUntil(untilMs);
  await world.timeline.run(untilMs);
};

const live = async (life: Life, actions: number): Promise<void> => {
  const { workload, callers, leaving } = life;
  const { world, scenario, register, outside } = workload;
  const { faults } = world;
  const staff = (id: string, ...roles: ('manager' | 'admin')[]): ApiUser =>
    callers({ id, token: tokenOf({ id, roles }) });
  const manager = staff('usr_00000000-0000-7000-8a00-000000000001', 'manager');
  const admin = staff('usr_00000000-0000-7000-8a00-000000000002', 'admin');
  let machines: Who[] = [];
  const opening = setUp(workload, manager, admin).then((made) => {
    machines = made;
  });
  await finished(world, opening, 'the setting up');
  if (world.violations.length > 0) return;
  const schedules = runSchedules(world);
  faults.start();
  runNights(workload, schedules, actions);
  const signers = Array.from({ length: scenario.signers }, (_, index) => phoneOf(index));
  const second = staff('usr_00000000-0000-7000-8a00-000000000003', 'manager');
  const work = Promise.all([
    ...signers.map((phone, index) => runSigner(workload, callers({ id: `signer-${index}` }), phone)),
    ...[second, ...machines.map(callers)].map((service) => runService(workload, service)),
    runManager(workload, manager, admin),
  ]);
  const longestMs = (1 + scenario.nights) * 36 * HOUR_MS;
  await until(world, () => workload.actionsLeft <= 0, 'the work', longestMs);
  faults.stop();
  await finished(world, work, 'the answers');
  await comeToRest(world, 3 * MINUTE_MS, 'the settling');
  checkQueues(world);
  for (const queue of world.queues.values()) queue.redrive();
  await comeToRest(world, 0, 'the dead letters');
  checkLife(world, register, leaving, outside.handOvers);
  await passTime(
    world,
    schedules,
    morningAfter(world.timeline.nowMs(), world.random) - world.timeline.nowMs(),
  );
  await comeToRest(world, 4 * MINUTE_MS, 'the next day');
  checkLife(world, register, leaving, outside.handOvers);
  if (!scenario.daysAfter) return;
  await passTime(world, schedules, 73 * HOUR_MS);
  await comeToRest(world, 8 * MINUTE_MS, 'the days after');
  checkLife(world, register, leaving, outside.handOvers);
};

/** Lives one seed of codes and messages through, from an empty registry to a quiet one, and checks it. */
export const runSmsSeed: RunSeed = (ground, options) => {
  serialiseCryptography();
  const restoreTimeouts = virtualiseTimeouts();
  const scenario = drawScenario(randomOf(`seed ${options.seed}`).fork('scenario'));
  let life: Life | undefined;
  const more = {
    startMs: scenario.startMs,
    ownFaults: OUTSIDE_FAULTS,
    env: ENVIRONMENT,
    warm: true,
    outside: (_: World, invocation: Parameters<Outside['fetchFor']>[0]) => {
      if (!life) throw new Error('nobody is out there yet');
      return life.workload.outside.fetchFor(invocation);
    },
  };
  return runWorld(ground, { ...options, ...more }, async (world) => {
    life = openWorkload(world, scenario, options.actions);
    await live(life, options.actions);
    if (world.timeline.halted()) return;
    const { workload, leaving, registrations, codes } = life;
    checkCaps(world, workload.register, leaving, workload.outside.handOvers);
    checkQueues(world);
    registrations.finish();
    codes.finish();
    for (const { pk, sk } of world.ledger.all('platform'))
      if (pk.startsWith('OUTBOX#')) world.report('outbox', `${pk} ${sk} was never sent`);
    await checkStore(world);
  }).finally(restoreTimeouts);
};
