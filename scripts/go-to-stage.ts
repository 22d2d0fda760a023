import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../localstack/places.ts';
import { LOCAL_CREDENTIALS } from '../localstack/provision.ts';

const LOCAL = 'local';
const LOCAL_REGION = 'eu-central-1';

/** The SDK reads where to go from the environment; a run on this machine says it in a file. */
export const goTo = (stage: string, region: string | undefined): void => {
  if (region) process.env.AWS_REGION = region;
  if (stage !== LOCAL) return;
  const { aws } = JSON.parse(readFileSync(join(dataDir(), 'addresses.json'), 'utf8')) as { aws: string };
  process.env.AWS_ENDPOINT_URL = aws;
  process.env.AWS_REGION = LOCAL_REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
};
