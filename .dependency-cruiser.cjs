const { pureFiles } = require('./scripts/lint/pure-files.cjs');

// "Who may import whom". Paths are those of the repository; $1 in a `to` is what the `from` caught.
const PLATFORM = '^lib/platform/';
const AWS_SDK = 'node_modules/(@aws-sdk|@smithy)/';

/** Pure files of a module: its model and the like by name, every other by `// @pure` in its first line. Time and ids are arguments there, outcomes are values. */
const PURE_NAME = '(model|catalogue|events|internal-events|timer-schemas?|limits|deadlines|plan-[^/]+)\\.ts$';
const PURE = [
  `^lib/[^/]+/${PURE_NAME}`,
  `^lib/[^/]+/[^/]+/${PURE_NAME}`,
  '^lib/[^/]+/templates/',
  ...pureFiles(__dirname).map((path) => `^${path.replaceAll('.', '\\.')}$`),
];
/** What pure files may stand on: each other, zod, value types of the platform, and what only computes (a hash). */
const VALUES =
  '^lib/platform/(ids|derived-id|clock|money|audit|phone|input/[^/]+|mask-phone|settings/define-settings|caller|files/file-store|outbound/ip-address|events/(event|define-event|read-message)|timers/due-message|auth/rights-lost|storage/(write|stored-schema))\\.ts$';
/** Libraries that only compute. */
const COMPUTING = 'node_modules/(zod|temporal-polyfill|libphonenumber-js|liquidjs|parse5|ipaddr\\.js)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // Types alone, which its package (@types/aws-lambda) gives under another name.
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    {
      name: 'functions-import-their-module-and-the-platform',
      comment:
        'Rule 1. functions/<m> imports lib/<m> and lib/platform only, and the events of others that it consumes.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: {
        path: '^(lib|functions|localstack|tests|infra)/',
        pathNot: ['^lib/$1/', PLATFORM, '^functions/$1/', '^lib/[^/]+/events\\.ts$'],
      },
    },
    {
      name: 'functions-import-no-function',
      comment: 'Rule 1. Never another function; routes.ts mounts the HTTP use cases of its module.',
      severity: 'error',
      from: { path: '^functions/', pathNot: ['/routes\\.ts$', '^functions/platform/'] },
      to: { path: '^functions/' },
    },
    {
      name: 'functions-know-no-aws',
      comment: 'Rule 1. A handler declares; it never talks to AWS.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: AWS_SDK },
    },
    {
      name: 'pure-files-stay-pure',
      comment: 'Rule 2. No clock, no I/O, no logger: models, zod and value types.',
      severity: 'error',
      from: { path: PURE },
      to: {
        // Of Node: hashes, and ranges of addresses.
        pathNot: [...PURE, VALUES, COMPUTING, '^(crypto|net)$'],
      },
    },
    {
      name: 'aws-at-the-edges-only',
      comment: 'Rule 3. The SDK appears in repositories, adapters and the platform.',
      severity: 'error',
      from: {
        path: '^lib/',
        pathNot: [PLATFORM, '/adapters/', '-(repository|adapter)\\.ts$'],
      },
      to: { path: AWS_SDK },
    },
    {
      name: 'modules-meet-by-events',
      comment: 'Rule 4. Of another module its published events are known, and its model.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: '^lib/(replay|live)/' },
      to: { path: '^lib/[^/]+/', pathNot: ['^lib/$1/', PLATFORM, '^lib/[^/]+/(events|model)\\.ts$'] },
    },
    {
      name: 'replay-reads-the-desk-by-its-reader',
      comment:
        'Rule 4. What the desk did is kept by the desk and read through lib/desk/reader.ts; what it decides by is in rules.ts.',
      severity: 'error',
      from: { path: '^lib/replay/' },
      to: {
        path: '^lib/[^/]+/',
        pathNot: ['^lib/replay/', PLATFORM, '^lib/desk/(model|reader|rules)\\.ts$'],
      },
    },
    {
      name: 'only-replay-reads-the-desk',
      comment: 'Rule 4. The reader is for replay; everybody else learns of tickets by events.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/replay/' },
      to: { path: '^lib/desk/(reader|rules)\\.ts$' },
    },
    {
      name: 'live-reads-modules-by-their-live-reader',
      comment: 'Rule 4. Whose a thing is at this moment, each module says in its live-reader.ts.',
      severity: 'error',
      from: { path: '^lib/live/' },
      to: {
        path: '^lib/[^/]+/',
        pathNot: ['^lib/live/', PLATFORM, '^lib/[^/]+/(events|model|live-reader)\\.ts$'],
      },
    },
    {
      name: 'only-live-asks-live-readers',
      comment: 'Rule 4. Everybody else learns by events.',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/live/' },
      to: { path: '^lib/[^/]+/live-reader\\.ts$' },
    },
    {
      name: 'leaf-modules-call-no-domain',
      comment:
        'Rule 4. sms and billing call no other domain; what they need of others, they know by their events.',
      severity: 'error',
      from: { path: '^lib/(sms|billing)/' },
      to: { path: '^lib/[^/]+/', pathNot: ['^lib/$1/', PLATFORM, '^lib/[^/]+/events\\.ts$'] },
    },
    {
      name: 'nobody-imports-notifications',
      comment: 'Rule 4. It receives facts and is asked by nobody.',
      severity: 'error',
      from: {
        path: '^(lib|functions)/',
        pathNot: ['^(lib|functions)/notifications/', '^functions/platform/'],
      },
      to: { path: '^lib/notifications/' },
    },
    {
      name: 'nobody-imports-audit-or-admin',
      comment: 'Rule 4. Others tell the audit log by events, and the managers’ front is nobody’s.',
      severity: 'error',
      from: { path: '^(lib|functions)/([^/]+)/', pathNot: '^functions/platform/' },
      to: { path: '^lib/(audit|admin)/', pathNot: '^lib/$2/' },
    },
    {
      name: 'bets-and-billing-never-meet',
      comment: 'Rule 4. Not even through a third.',
      severity: 'error',
      from: { path: '^lib/(bets|billing)/' },
      to: { path: '^lib/(bets|billing)/', pathNot: '^lib/$1/', reachable: true },
    },
    {
      name: 'platform-knows-no-domain',
      comment: 'Rule 5.',
      severity: 'error',
      from: { path: PLATFORM },
      to: { path: '^(lib|functions)/', pathNot: PLATFORM },
    },
    {
      name: 'the-product-knows-no-stand-in',
      comment: 'What runs on AWS is not made of what replaces AWS, nor of tests.',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { path: '^(localstack|tests|infra|bench|scripts|console)/' },
    },
    {
      name: 'no-development-dependencies',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main'],
    },
    tsPreCompilationDeps: true,
    exclude: { path: '^(\\.serverless|\\.esbuild|\\.local|coverage)/' },
  },
};
