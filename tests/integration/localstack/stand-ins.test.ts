import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { dynoxideBinary, endChild, StandInMissing } from '../../../localstack/dynoxide.ts';
import { projectRoot } from '../../../localstack/places.ts';
import { awsClients, type Clients, provision } from '../../../localstack/provision.ts';
import { endLeftovers, isAlive, RunFile, readRun, startOf } from '../../../localstack/run-file.ts';
import { smallTemplate } from '../../support/aws/small-template.ts';
import { livingIn } from '../../support/process-group.ts';

let room: string;
let children: ChildProcess[] = [];
let clients: Clients[] = [];
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'rotadesk-test-'));
});
afterEach(async () => {
  for (const client of clients.flatMap((each) => Object.values(each))) client.destroy();
  await Promise.all(children.map((child) => endChild(child)));
  rmSync(room, { recursive: true, force: true });
  children = [];
  clients = [];
});

/** In a process group of its own. */
function spawnOn(dataDir: string) {
  const script = join(projectRoot, 'localstack/stand-ins.ts');
  const child = spawn(process.execPath, [script, '--tied', '--data', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  children.push(child);
  return child;
}

async function startOn(dataDir: string) {
  const child = spawnOn(dataDir);
  const [line] = await once(child.stdout, 'data');
  const endpoint = { url: String(line).trim(), region: 'eu-central-1' };
  const client = awsClients(endpoint);
  clients.push(client);
  return { ...client, child, endpoint };
}

const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
const idle = () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  return child;
};

test('after kill -9 the data is there, and what was in flight is visible at once', async () => {
  const first = await startOn(room);
  const { ids } = await provision(smallTemplate, first.endpoint);
  await first.dynamo.send(new PutItemCommand({ TableName: ids.Things?.ref, Item: Key }));
  await first.sqs.send(new SendMessageCommand({ QueueUrl: ids.WorkDead?.ref, MessageBody: 'in hand' }));
  const receive = new ReceiveMessageCommand({ QueueUrl: ids.WorkDead?.ref, VisibilityTimeout: 3600 });
  expect((await first.sqs.send(receive)).Messages).toHaveLength(1);
  const gone = once(first.child, 'exit');
  // The whole group, as the store is a process of its own.
  process.kill(-(first.child.pid ?? 0), 'SIGKILL');
  await gone;

  const second = await startOn(room);
  const again = (await provision(smallTemplate, second.endpoint)).ids;
  expect(again.WorkDead?.ref.startsWith(second.endpoint.url)).toBe(true);
  const { Item } = await second.dynamo.send(new GetItemCommand({ TableName: again.Things?.ref, Key }));
  expect(Item).toEqual(Key);
  const { Messages } = await second.sqs.send(new ReceiveMessageCommand({ QueueUrl: again.WorkDead?.ref }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['in hand']);
});

describe('asked to end, they leave no store behind', () => {
  /** Asks when the store's process is there, and `waitMs` have gone by. */
  const askedAfter = async (waitMs: number): Promise<string[]> => {
    const child = spawnOn(room);
    const group = child.pid ?? 0;
    const exit = once(child, 'exit');
    while (!livingIn(group).some((command) => command.includes('--db-path'))) await sleep(1);
    await sleep(waitMs);
    child.kill('SIGTERM');
    await exit;
    // A store that was killed with them may take a moment to be gone.
    for (let i = 0; i < 100 && livingIn(group).length > 0; i += 1) await sleep(20);
    return livingIn(group);
  };

  test.each([0, 50, 200])('%i ms after the store began', async (waitMs) => {
    expect(await askedAfter(waitMs)).toEqual([]);
  });
});

test('a message of a kept queue can be given back at once', async () => {
  const { sqs, endpoint } = await startOn(room);
  const { ids } = await provision(smallTemplate, endpoint);
  const QueueUrl = ids.WorkDead?.ref;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'back' }));
  const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const ReceiptHandle = (await receive()).Messages?.[0]?.ReceiptHandle;
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  expect((await receive()).Messages?.map(({ Body }) => Body)).toEqual(['back']);
});

test('nothing listens beyond this machine', async () => {
  const { endpoint } = await startOn(room);
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((each) => each && !each.internal && each.family === 'IPv4');
  const { port } = new URL(endpoint.url);
  for (const address of outside) {
    await expect(fetch(`http://${address?.address}:${port}/health`)).rejects.toThrow();
  }
});

describe('what a killed run left', () => {
  test('is ended when it is ours', async () => {
    const child = idle();
    const file = join(room, 'run.json');
    new RunFile(file).add('store', child.pid ?? 0);
    const exit = once(child, 'exit');
    await expect(endLeftovers(readRun(file))).resolves.toEqual(['store']);
    await exit;
    expect(readRun(file).some(isAlive)).toBe(false);
  });

  test('is left alone when its process id now belongs to another', async () => {
    const child = idle();
    const stranger = { name: 'store', pid: child.pid ?? 0, started: 'another boot, another time' };
    await expect(endLeftovers([stranger])).resolves.toEqual([]);
    expect(startOf(stranger.pid)).toBeDefined();
  });

  test('is nothing when the file is missing or cut off', () => {
    expect(readRun(join(room, 'none.json'))).toEqual([]);
  });
});

test('a missing binary is told with the command that adds it', () => {
  expect(() => dynoxideBinary('linux', 'riscv64')).toThrow(StandInMissing);
  expect(() => dynoxideBinary('linux', 'riscv64')).toThrow('npm install --no-save @dynoxide/linux-riscv64');
});
