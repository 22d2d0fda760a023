// Lambda splits a handler at the first dot of its file's name: `open-ticket.queue.handler` would be the export
// `queue.handler` of a file `open-ticket`. Our sources are named <verb-noun>.<queue|schedule>.ts, so the bundles get
// dashes instead: `open-ticket-queue.handler`. Listed after serverless-esbuild, whose `bundle` it follows.
const { renameSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

/** `functions/desk/open-ticket.queue.cjs` → `functions/desk/open-ticket-queue.cjs`; the last dot stays. */
const dashed = (file) => {
  const [last, ...stem] = basename(file).split('.').reverse();
  return `${dirname(file)}/${stem.reverse().join('-')}.${last}`;
};

class LambdaFileNames {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = { initialize: () => this.attach() };
  }

  attach() {
    for (const definition of Object.values(this.serverless.service.functions)) {
      definition.esbuildEntrypoint = definition.handler;
      definition.handler = dashed(definition.handler);
    }
    const bundler = this.serverless.pluginManager.plugins.find(
      (plugin) => plugin.constructor.name === 'EsbuildServerlessPlugin',
    );
    if (!bundler) throw new Error('serverless-esbuild must be among the plugins');
    const bundle = bundler.bundle.bind(bundler);
    bundler.bundle = async (...rest) => {
      await bundle(...rest);
      this.rename(bundler);
    };
  }

  rename(bundler) {
    // Functions may share a handler, and so a bundle.
    const names = new Map(bundler.buildResults.map(({ bundlePath }) => [bundlePath, dashed(bundlePath)]));
    for (const [name, dashedName] of names) {
      if (name !== dashedName)
        renameSync(join(bundler.buildDirPath, name), join(bundler.buildDirPath, dashedName));
    }
    bundler.buildResults = bundler.buildResults.map((result) => ({
      ...result,
      bundlePath: names.get(result.bundlePath),
    }));
  }
}

module.exports = LambdaFileNames;
