// A stack is one module's (docs/adr/002-stacks.md). All modules in one are there to be looked at and run on this machine:
// nothing that asks AWS is done with them.
const ON_THIS_MACHINE = ['package', 'print', 'offline'];

class OneStack {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      initialize: () => {
        this.refuseAllInOne();
        if (serverless.service.custom.takeOver === 'true') this.takeOver();
      },
    };
  }

  refuseAllInOne() {
    const [command] = this.serverless.processedInput.commands;
    if (this.serverless.service.custom.module !== '' || ON_THIS_MACHINE.includes(command)) return;
    throw new Error(
      `Each module is a stack of its own: \`npm run ${command}\` goes over all of them, --param="module=<name>" is one.`,
    );
  }

  /** What a removed stack has left (tables, buckets, the secret) becomes the new one's, instead of being in its way. */
  takeOver() {
    for (const plugin of this.serverless.pluginManager.plugins) {
      if (!plugin.getCreateChangeSetParams) continue;
      const paramsOf = plugin.getCreateChangeSetParams.bind(plugin);
      plugin.getCreateChangeSetParams = (asked) => ({ ...paramsOf(asked), ImportExistingResources: true });
    }
  }
}

module.exports = OneStack;
