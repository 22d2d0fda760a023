// Tests run as CommonJS: swc turns our TypeScript, and the few dependencies that ship ES modules only, into it.
const esmOnly = [
  '@middy',
  'jose',
  'uuid',
  'fauxqs',
  'temporal-polyfill',
  'temporal-utils',
  'croner',
  'parse5',
  'entities',
];

/** Simulations live through many seeds in one test, and end-to-end tests start the product first. */
const TIME_LIMITS_MS = { simulation: 600_000, e2e: 600_000, browser: 120_000 };

const project = (name, extra = {}) => ({
  displayName: name,
  globals: { timeLimitMs: TIME_LIMITS_MS[name] ?? 180_000 },
  setupFilesAfterEnv: ['<rootDir>/tests/support/time-limit.cjs'],
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'commonjs', ignoreDynamic: false },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '/\\.esbuild/', '/\\.serverless/'],
  // These declare the `import` condition alone, which a CommonJS resolver does not ask for.
  moduleNameMapper: {
    '^@middy/(core|http-router|util)$': '<rootDir>/node_modules/@middy/$1/index.js',
    '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/\\.(esbuild|serverless|local)/'],
  ...extra,
});

export default {
  // jest leaves one processor free, which on two of them means no parallel work at all.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/tests/support/slowest-first.cjs',
  projects: [
    ...['unit', 'simulation', 'e2e'].map((name) => project(name)),
    project('infra', {
      globalSetup: '<rootDir>/tests/infra/support/package-product.ts',
      globalTeardown: '<rootDir>/tests/infra/support/remove-package.ts',
    }),
    project('browser', {
      globalSetup: '<rootDir>/tests/browser/support/start-product.ts',
      globalTeardown: '<rootDir>/tests/browser/support/stop-product.ts',
    }),
    project('integration', {
      globalSetup: '<rootDir>/tests/support/aws/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/aws/global-teardown.ts',
    }),
  ],
};
