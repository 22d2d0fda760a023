import pure from './scripts/lint/pure-files.cjs';

// Mutation testing of the desk's pure rules, and of those of settings (`npm run mutation`): Stryker changes them in small ways, one at a time, and
// the unit tests should notice. Files with a Runtime in their hands are the business of the integration tests.
export default {
  testRunner: 'jest',
  jest: { configFile: 'tests/support/mutation/jest.config.mjs', enableFindRelatedTests: false },
  // A machine that does other work too must not be taken for a mutant that never ends.
  timeoutMS: 20_000,
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  mutate: [
    ...pure.pureFiles(import.meta.dirname).filter((path) => /^lib\/(desk|replay)\//.test(path)),
    'lib/desk/dispatch/plan-assignments.ts',
    'lib/desk/intake/urgent-grants.ts',
    'lib/platform/settings/settings-change.ts',
    'lib/desk/core/deadlines.ts',
  ],
  incremental: false,
  concurrency: 1,
  // Only lib and tests are needed in the copy that is changed. Stryker would read tsconfig.json with TypeScript's former API.
  ignorePatterns: [
    '.*',
    'bench',
    'console',
    'demo',
    'docs',
    'functions',
    'infra',
    'localstack',
    'scripts',
    'tsconfig.json',
  ],
  tempDirName: '.local/stryker/sandbox',
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { reportTests: false, allowColor: false },
  htmlReporter: { fileName: '.local/stryker/mutation.html' },
  jsonReporter: { fileName: '.local/stryker/mutation.json' },
  thresholds: { high: 90, low: 85, break: 85 },
};
