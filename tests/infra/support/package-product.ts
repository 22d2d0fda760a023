import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const PARTS = ['functions', 'infra', 'lib', 'localstack', 'node_modules', 'package.json'];

/** No credentials but dummies, and no way out: packaging must need neither. */
const environment = (room: string) => ({
  PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  HOME: room,
  // The bundler leaves folders where temporary files go.
  TMPDIR: room,
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
});

/**
 * Packages the product once, in a room of its own: osls and its plugins write to fixed folders of the service, which a
 * local start in the same checkout uses too.
 */
const packageProduct = (): void => {
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-infra-'));
  for (const part of PARTS) symlinkSync(join(root, part), join(room, part));
  // osls takes no link for its configuration.
  copyFileSync(join(root, 'serverless.yml'), join(room, 'serverless.yml'));
  const started = performance.now();
  execFileSync(process.execPath, [join(root, 'node_modules/serverless/bin/serverless.js'), 'package'], {
    cwd: room,
    env: environment(room),
    stdio: 'pipe',
  });
  console.log(`\npackaged in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  process.env.ROTADESK_PACKAGED = room;
};

export const removePackage = (): void => {
  const room = process.env.ROTADESK_PACKAGED;
  if (room?.startsWith(tmpdir())) rmSync(room, { recursive: true, force: true });
};

export default packageProduct;
