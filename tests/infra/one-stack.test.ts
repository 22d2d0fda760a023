import { join } from 'node:path';

const OneStack = require(join(import.meta.dirname, '../../infra/one-stack.cjs'));

const service = (custom: object, commands: readonly string[], plugins: readonly object[] = []) => ({
  service: { custom: { module: '', takeOver: 'false', ...custom } },
  processedInput: { commands },
  pluginManager: { plugins },
});
const begin = (serverless: object) => new OneStack(serverless).hooks.initialize();

test.each(['deploy', 'remove', 'rollback', 'info', 'logs'])(
  '%s of all modules in one is refused',
  (command) => {
    expect(() => begin(service({}, [command]))).toThrow(/Each module is a stack of its own/);
    expect(() => begin(service({ module: 'sms' }, [command]))).not.toThrow();
  },
);

test.each([['package'], ['print'], ['offline', 'start']])(
  '%s of all modules in one is allowed',
  (...commands) => {
    expect(() => begin(service({}, commands))).not.toThrow();
  },
);

test.each(['true', 'false'])(
  'what a removed stack left is taken over if, and only if, it is asked for: %s',
  (takeOver) => {
    const deploy = {
      stack: 'rotadesk-dev-sms',
      getCreateChangeSetParams(asked: object) {
        return { StackName: this.stack, ...asked };
      },
    };
    begin(service({ module: 'sms', takeOver }, ['deploy'], [deploy, {}]));
    expect(deploy.getCreateChangeSetParams({ ChangeSetType: 'CREATE' })).toEqual({
      StackName: 'rotadesk-dev-sms',
      ChangeSetType: 'CREATE',
      ...(takeOver === 'true' && { ImportExistingResources: true }),
    });
  },
);
