import { type ApiKeyDraft, newApiKey } from '../../lib/platform/auth/api-keys.ts';
import type { Scope } from '../../lib/platform/caller.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { commit } from '../../lib/platform/storage/commit.ts';
import { OWN_ENTITY } from '../../lib/sms/model.ts';
import { call, type TestRuntime } from './aws/index.ts';
import type { TestUser } from './staff.ts';

/** A key's draft: of the own entity, for its transactional messages, unless a test says otherwise. */
export const keyDraft = (
  rt: Runtime,
  scopes: readonly Scope[],
  more: Partial<ApiKeyDraft> = {},
): ApiKeyDraft => ({
  name: 'a machine',
  scopes,
  entityIds: [OWN_ENTITY],
  categories: ['transactional'],
  messagesPerDay: 1000,
  createdBy: rt.ids.next('usr'),
  ...more,
});

export interface Machine extends TestUser {
  readonly clear: string;
}

/** A machine with a key of its own. */
export const machine = async (
  rt: TestRuntime,
  scopes: readonly Scope[],
  more: Partial<ApiKeyDraft> = {},
): Promise<Machine> => {
  const { record, writes, clear } = newApiKey(rt, keyDraft(rt, scopes, more));
  await commit(rt, { writes });
  return {
    id: record.id,
    clear,
    call: (request, options) => call(rt, request, { ...options, token: clear }),
  };
};
