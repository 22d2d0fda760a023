import * as z from 'zod';
import type { Role, Scope } from '../caller.ts';
import type { ErrorKind } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Settings } from '../settings/define-settings.ts';
import { editSettings, type SettingsHooks, versionOf } from '../settings/edit-settings.ts';
import { findSettings, historyList, listHistory } from '../settings/settings-repository.ts';
import {
  changeOf,
  changeSchema,
  historySchema,
  type ScopeName,
  toHistoryView,
  toView,
  viewSchema,
} from '../settings/settings-view.ts';
import { rolesFor } from '../settings/who-changes.ts';
import { onHttp } from './on-http.ts';
import { pageOf, pageQuery } from './pagination.ts';
import { pageAnswer, startAfter } from './stored-list.ts';

type Problems = Readonly<Record<string, ErrorKind>>;

interface SettingsScope extends ScopeName {
  /** Throws the one problem of `problems` when there is no such scope. */
  readonly mustExist: (rt: Runtime, scopeId: string) => Promise<unknown>;
  readonly problems: Problems;
}

interface SettingsApi<V> extends SettingsHooks<V> {
  readonly path: `/${string}`;
  readonly tag: string;
  /** Name of the view in the API's document. */
  readonly viewId: string;
  readonly summaries: { readonly read: string; readonly change: string; readonly history: string };
  /** When a change is in force, what it does and what it does not. */
  readonly description: string;
  readonly scope?: SettingsScope;
  /** Who else reads the values. */
  readonly readers?: readonly (Role | Scope)[];
  /** Of the hooks. */
  readonly problems?: Problems;
  readonly example: Readonly<Record<string, unknown>>;
}

const readEndpoint = <V extends object>(settings: Settings<V>, api: SettingsApi<V>) => {
  const { scope } = api;
  const query = () => z.strictObject(scope ? { [scope.field]: scope.schema.optional() } : {});
  return onHttp(
    {
      method: 'GET',
      path: api.path,
      summary: api.summaries.read,
      description: 'The ETag is the version: send it as If-Match when changing the same scope.',
      tag: api.tag,
      access: [...rolesFor(settings), ...(api.readers ?? [])],
      query,
      answers: { 200: () => viewSchema(settings, { id: api.viewId, scope }) },
      problems: { ...scope?.problems },
    },
    async ({ rt, query: asked }) => {
      const scopeId = scope && asked[scope.field];
      if (scopeId !== undefined) await scope?.mustExist(rt, scopeId);
      const seen = await findSettings(rt, settings, scopeId);
      const body = toView(settings, scope, { ...seen, scopeId });
      return { status: 200, body, etag: versionOf(seen, scopeId) };
    },
  );
};

const changeEndpoint = <V extends object>(settings: Settings<V>, api: SettingsApi<V>) => {
  const { scope } = api;
  return onHttp(
    {
      method: 'PATCH',
      path: api.path,
      summary: api.summaries.change,
      description: `Fields left out keep their value. ${api.description}`,
      tag: api.tag,
      access: rolesFor(settings),
      body: () => changeSchema(settings, scope),
      ifMatch: 'required',
      answers: { 200: () => viewSchema(settings, { id: api.viewId, scope }) },
      problems: {
        stale: 'stale',
        ...(settings.pairs.length > 0 && { [`${settings.name}-pair`]: 'unprocessable' }),
        ...scope?.problems,
        ...api.problems,
      },
      example: { body: api.example },
    },
    async ({ rt, body, ...input }) => {
      const change = changeOf<V>(settings, scope, body);
      const { scopeId } = change;
      if (scopeId !== undefined) await scope?.mustExist(rt, scopeId);
      const after = await editSettings(rt, settings, { change, ...input }, api);
      const view = toView(settings, scope, { ...after, scopeId });
      return { status: 200, body: view, etag: versionOf(after, scopeId) };
    },
  );
};

interface HistoryApi extends Pick<SettingsApi<unknown>, 'path' | 'tag' | 'scope'> {
  readonly summaries: { readonly history: string };
  /** Who else may read the history. */
  readonly historyReaders?: readonly Role[];
}

export const historyEndpoint = <V extends object>(settings: Settings<V>, api: HistoryApi) =>
  onHttp(
    {
      method: 'GET',
      path: `${api.path}/history`,
      summary: api.summaries.history,
      tag: api.tag,
      access: [...rolesFor(settings), ...(api.historyReaders ?? [])],
      query: pageQuery,
      answers: { 200: () => pageOf(historySchema(settings, api.scope)) },
    },
    async ({ rt, query }) => {
      const list = historyList(settings);
      const page = await listHistory(rt, settings, { ...query, after: startAfter(list, query.cursor) });
      return { status: 200, body: pageAnswer(list, page, toHistoryView(api.scope)) };
    },
  );

/** The three endpoints of a set of settings, of one shape everywhere: GET, PATCH with `If-Match`, GET …/history. */
export const settingsEndpoints = <V extends object>(settings: Settings<V>, api: SettingsApi<V>) => ({
  read: readEndpoint(settings, api),
  change: changeEndpoint(settings, api),
  history: historyEndpoint(settings, api),
});
