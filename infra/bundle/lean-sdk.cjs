// An esbuild plugin that leaves out of each bundle what its function cannot use.
const { join } = require('node:path');

const FILES = /\/s3-files\.ts$/;
const hasBucket = ({ environment = {} }) =>
  Object.keys(environment).some((name) => name.startsWith('BUCKET_'));

const entryOf = ({ esbuildEntrypoint, handler }) => (esbuildEntrypoint ?? handler).replace(/\.[^.]+$/, '');

const leanSdk = (serverless) => ({
  name: 'lean-sdk',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(__dirname, 'environment-credentials.cjs'),
    }));
    const [entry] = build.initialOptions.entryPoints;
    const functions = Object.values(serverless.service.functions);
    if (functions.some((each) => `${entryOf(each)}.ts` === entry && hasBucket(each))) return;
    build.onResolve({ filter: FILES }, () => ({ path: join(__dirname, 'no-bucket.cjs') }));
  },
});

module.exports = leanSdk;
