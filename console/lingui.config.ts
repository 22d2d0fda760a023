import { readdirSync } from 'node:fs';
import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

const folders = readdirSync(`${import.meta.dirname}/src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'api')
  .map(({ name }) => name);

// A catalogue a folder, so that modules add their texts without touching each other's.
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ru'],
  rootDir: import.meta.dirname,
  catalogs: folders.map((name) => ({
    path: `<rootDir>/src/${name}/messages/{locale}`,
    include: [`<rootDir>/src/${name}/`],
  })),
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: 'message',
});
