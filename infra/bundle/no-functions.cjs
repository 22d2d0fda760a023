// A module may have no function yet. serverless-esbuild then makes no archives, and fails at moving them.
// Listed after serverless-esbuild.
class NoFunctions {
  constructor(serverless) {
    this.hooks = {
      initialize: () => {
        if (Object.keys(serverless.service.functions).length > 0) return;
        const bundler = serverless.pluginManager.plugins.find(
          (plugin) => plugin.constructor.name === 'EsbuildServerlessPlugin',
        );
        if (!bundler) throw new Error('serverless-esbuild must be among the plugins');
        bundler.cleanup = async () => {};
      },
    };
  }
}

module.exports = NoFunctions;
