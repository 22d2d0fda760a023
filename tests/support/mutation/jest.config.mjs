import config from '../../../jest.config.mjs';

// What Stryker runs: the unit tests of the desk, as they are in the project `unit`, loaded once for each mutant.
const unit = config.projects.find(({ displayName }) => displayName === 'unit');

export default {
  ...unit,
  testMatch: ['<rootDir>/tests/support/mutation/desk-tests.ts'],
  setupFiles: ['<rootDir>/tests/support/mutation/fixed-examples.ts'],
};
