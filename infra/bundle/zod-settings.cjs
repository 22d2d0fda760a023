// An esbuild plugin that sets zod before any schema is made: what is injected comes first, whatever imports what.
const { join } = require('node:path');

const SETTINGS = join(__dirname, '../../lib/platform/zod-settings.ts');

module.exports = {
  name: 'zod-settings',
  setup({ initialOptions }) {
    initialOptions.inject = [...(initialOptions.inject ?? []), SETTINGS];
  },
};
