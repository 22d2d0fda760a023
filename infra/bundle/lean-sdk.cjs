// An esbuild plugin that leaves out of each bundle what its function cannot use.
const { join } = require('node:path');

/** Each adapter by its file, what stands for it where it cannot be used, and the variable, or its value, that says it can. */
const ADAPTERS = [
  { file: /\/s3-files\.ts$/, standIn: 'no-bucket.cjs', variable: /^BUCKET_/ },
  { file: /\/secrets-manager\.ts$/, standIn: 'no-secrets.cjs', variable: /^MASTER_SECRET_NAME$/ },
  { file: /\/connections-api\.ts$/, standIn: 'no-sockets.cjs', variable: /^LIVE_CALLBACK_URL$/ },
  { file: /\/ses\.ts$/, standIn: 'no-transport.cjs', variable: /^MAIL_TRANSPORT$/, value: 'ses' },
  { file: /\/smtp\.ts$/, standIn: 'no-transport.cjs', variable: /^MAIL_TRANSPORT$/, value: 'smtp' },
];
const uses = ({ environment = {} }, { variable, value }) =>
  Object.entries(environment).some(
    ([name, given]) => variable.test(name) && (value === undefined || given === value),
  );

const entryOf = ({ esbuildEntrypoint, handler }) => (esbuildEntrypoint ?? handler).replace(/\.[^.]+$/, '');

const leanSdk = (serverless) => ({
  name: 'lean-sdk',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(__dirname, 'environment-credentials.cjs'),
    }));
    const [entry] = build.initialOptions.entryPoints;
    const own = Object.values(serverless.service.functions).filter((each) => `${entryOf(each)}.ts` === entry);
    for (const adapter of ADAPTERS) {
      if (own.some((each) => uses(each, adapter))) continue;
      build.onResolve({ filter: adapter.file }, () => ({ path: join(__dirname, adapter.standIn) }));
    }
  },
});

module.exports = leanSdk;
