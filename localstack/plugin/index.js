// Plain JavaScript that loads nothing by itself: packaging and deploying must not depend on what runs locally.

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/;

/**
 * The stage `local` is open (CORS for a page in development, tables that may be deleted, mail to a sink): it is deployed
 * to an emulator on this machine or nowhere. Nothing has been asked of AWS when this throws.
 */
const refuseLocalOnAws = ([command], stage) => {
  if (command !== 'deploy' || stage !== 'local') return;
  if (LOOPBACK.test(process.env.AWS_ENDPOINT_URL ?? '')) return;
  throw new Error(
    'The stage local is for this machine: it is deployed to an emulator here (AWS_ENDPOINT_URL) or not at all.',
  );
};

/** @see ./local-run.ts for what it does under `serverless offline`. */
export default class LocalRun {
  constructor(serverless, options) {
    const ports = () => ({ http: Number(options.httpPort), websocket: Number(options.websocketPort) });
    const run = async (step) => (await import('./local-run.ts'))[step](serverless, ports());
    this.hooks = {
      initialize: async () => {
        refuseLocalOnAws(serverless.processedInput.commands, serverless.service.provider.stage);
        if (process.send) this.tieToParent();
        if (process.env.ROTADESK_TEMPLATE_ONLY) await this.leaveOutCode(serverless);
        if (process.env.ROTADESK_BUILD) await this.bundleForRun(serverless);
      },
      'before:offline:start:init': () => run('resolveEnvironments'),
      'before:offline:start:ready': () => run('startTriggers'),
      'before:offline:start:end': () => run('stopTriggers'),
    };
  }

  /**
   * Under our own scripts: their end is ours, and an error ends us, where osls would stay for what is still open. A command that
   * has done its work ends by itself.
   */
  tieToParent() {
    process.once('disconnect', () => process.exit(1));
    process.channel?.unref();
    setInterval(() => process.exitCode && process.exit(), 250).unref();
  }

  bundler(serverless) {
    return serverless.pluginManager.plugins.find(
      (plugin) => plugin.constructor.name === 'EsbuildServerlessPlugin',
    );
  }

  async bundleForRun(serverless) {
    const { bundleWhenChanged } = await import('./bundle-when-changed.ts');
    const bundler = this.bundler(serverless);
    if (bundler) bundleWhenChanged(bundler, process.env.ROTADESK_BUILD);
  }

  /** The template does not depend on the bundles, and they are most of the time that packaging takes. */
  async leaveOutCode(serverless) {
    const { writeFile } = await import('node:fs/promises');
    const nothing = process.env.ROTADESK_TEMPLATE_ONLY;
    await writeFile(nothing, 'no code');
    const bundler = this.bundler(serverless);
    // It would move bundles that nobody made.
    if (bundler) bundler.cleanup = async () => {};
    for (const name of serverless.service.getAllFunctions()) {
      const definition = serverless.service.getFunction(name);
      definition.skipEsbuild = true;
      definition.package = { ...definition.package, artifact: nothing };
    }
  }
}
