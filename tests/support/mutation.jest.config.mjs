import config from '../../jest.config.mjs';

// What Stryker runs: the unit tests of the desk alone, as they are in the project `unit`.
const unit = config.projects.find(({ displayName }) => displayName === 'unit');

export default {
  ...unit,
  testMatch: ['<rootDir>/tests/unit/desk/**/*.test.ts'],
  // Statistics over thousands of tickets would take longer than they tell.
  testPathIgnorePatterns: ['/replay-theory\\.test\\.ts$'],
  setupFiles: ['<rootDir>/tests/support/mutation-setup.ts'],
  testTimeout: config.testTimeout,
};
