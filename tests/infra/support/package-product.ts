import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeRoom, openRoom, osls, projectRoot } from '../../../scripts/stacks/room.ts';

/** No credentials but dummies, and no way out: packaging must need neither. */
export const offlineEnvironment = (room: string): NodeJS.ProcessEnv => ({
  PATH: `${join(projectRoot, 'node_modules/.bin')}:${process.env.PATH}`,
  HOME: room,
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
});

/** Packages all modules in one, once. */
const packageProduct = async (): Promise<void> => {
  const room = openRoom();
  const started = performance.now();
  const { isOk, output } = await osls(room, ['package'], { env: offlineEnvironment(room) });
  if (!isOk) throw new Error(output);
  console.log(`\npackaged in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  process.env.ROTADESK_PACKAGED = room;
};

export const removePackage = (): void => {
  const room = process.env.ROTADESK_PACKAGED;
  if (room?.startsWith(tmpdir())) closeRoom(room);
};

export default packageProduct;
