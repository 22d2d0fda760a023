import { getConfig } from '@lingui/conf';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const linguiConfig = { configPath: `${import.meta.dirname}/lingui.config.ts` };

/** Where `npm run console:dev` finds the API of a running `npm start`; builds do not read it. */
const api = 'http://127.0.0.1:3000';
/** Sessions by cookie, and WebSockets, belong to pages of that address: Vite's pass for such. */
const asOwnPage = {
  target: api,
  changeOrigin: true,
  headers: { origin: api },
  ws: true,
  rewriteWsOrigin: true,
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    lingui({ ...linguiConfig, failOnMissing: true }),
    babel({
      presets: [linguiTransformerBabelPreset({ linguiConfig: getConfig(linguiConfig) }, linguiConfig)],
    }),
  ],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // The content policy allows scripts and styles of our own files alone, and images of nobody's `data:`.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: { proxy: { '/v1': asOwnPage, '/.well-known': asOwnPage, '/demo': asOwnPage } },
});
