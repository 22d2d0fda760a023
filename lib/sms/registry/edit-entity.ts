import type { RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { distinctWrites, type Write } from '../../platform/storage/write.ts';
import { providerUnchanged, readProviders } from '../core/provider-facts-repository.ts';
import type { Provider } from '../core/provider-model.ts';
import type { EntityProvider, LegalEntity } from '../core/registry-model.ts';
import { entityWrites } from '../entity-repository.ts';
import { OWN_ENTITY } from '../model.ts';
import { ownKeepsList, ownKeepsProvider } from '../providers/own-route.ts';
import { openRuleConfig } from '../rule-config-repository.ts';
import { presetsInForce } from '../rules/bindings.ts';
import { edited } from '../rules/demands.ts';
import { changedEntity, type EntityChange, entityFault } from '../rules/entity-change.ts';
import { nextDayEverywhere } from '../rules/groups.ts';
import { isSenderFor } from '../rules/senders.ts';
import { settingsInForce } from '../rules/settings.ts';
import { changeEntity, deed } from './change-entity.ts';
import { type EntityView, toEntityView } from './registry-view.ts';
import { mustEditDemands } from './who-edits.ts';

const refuseFaulty = async (rt: Runtime, entity: LegalEntity): Promise<void> => {
  const { config } = await openRuleConfig(rt);
  const nowMs = rt.clock.nowMs();
  const inForce = presetsInForce(config.presets, nowMs);
  const fault = entityFault(entity, { inForce, standard: settingsInForce(config.settings, nowMs).window });
  if (fault) throw new AppError('unprocessable', fault.code, fault.message);
};

/** Adds an entity. Throws the faults of `entityFault` (422). */
export const addEntity = async (
  rt: Runtime,
  input: Actor & { draft: EntityChange & { name: string; country: string }; idempotency: Idempotency },
): Promise<EntityView> => {
  const blank: LegalEntity = {
    id: rt.ids.next('ent'),
    name: '',
    country: '',
    active: true,
    presets: {},
    windowForTransactional: false,
    limits: {},
    providers: [],
    createdAt: instant(rt.clock.nowMs()),
    version: 1,
  };
  const entity = changedEntity(blank, input.draft);
  await refuseFaulty(rt, entity);
  const body = toEntityView(entity);
  await commit(rt, {
    writes: entityWrites(rt, undefined, entity),
    events: [audited(rt, input, deed(entity.id, 'added', input.draft))],
    answer: { idempotency: input.idempotency, stored: { status: 201, body, etag: '1' } },
  });
  return body;
};

export interface EntityEdit {
  readonly entityId: string;
  readonly ifMatch: number;
  readonly change: EntityChange;
  readonly reason?: string | undefined;
}

/**
 * Edits an entity. What of it is looser than it is is two admins' and comes from the next day on. Throws `legal-entity-not-found`, `stale`,
 * the faults of `entityFault`, those of `mustEditDemands`.
 */
export const editEntity = (
  rt: Runtime,
  input: Actor & EntityEdit & { permit: RequestPermit },
): Promise<EntityView> => {
  const { change, reason } = input;
  return changeEntity(
    rt,
    input,
    async (before) => {
      const { after, looser } = edited(before, change, nextDayEverywhere(rt.clock.nowMs()));
      mustEditDemands(input, { entityId: before.id, change, looser });
      await refuseFaulty(rt, changedEntity(before, change));
      const names = Object.keys(change) as (keyof EntityChange)[];
      const from = Object.fromEntries(names.map((name) => [name, before[name] ?? null]));
      const looserPart = looser.length > 0 && { looser, inForceFrom: after.next?.from, reason };
      const permit = looser.length > 0 ? await input.permit() : undefined;
      return { after, deed: deed(before.id, 'edited', { from, to: change, ...looserPart }), permit };
    },
    // Who may is evaluated above, by what the edit says.
    () => undefined,
  );
};

/**
 * Nothing goes out in the name of an inactive entity; what is deferred or queued is denied when its turn comes. Throws
 * `own-stays-active` (409): without the own entity nobody could sign in.
 */
export const setEntityActive = (
  rt: Runtime,
  input: Actor & { entityId: string; active: boolean; reason?: string | undefined },
): Promise<EntityView> =>
  changeEntity(rt, input, async (before) => {
    if (before.active === input.active) return undefined;
    if (before.id === OWN_ENTITY && !input.active) {
      throw new AppError(
        'conflict',
        'own-stays-active',
        'The own entity sends sign-in codes and stays active.',
      );
    }
    const action = input.active ? 'activated' : 'deactivated';
    const after = { ...before, active: input.active };
    return { after, deed: deed(before.id, action, { reason: input.reason }) };
  });

const MAX_LINKS = 20;

const withLink = (links: readonly EntityProvider[], link: EntityProvider): EntityProvider[] => [
  ...links.filter(({ providerId }) => providerId !== link.providerId),
  link,
];

/** For the own entity: whoever loses a provider keeps another. */
const routeWrites = async (rt: Runtime, after: LegalEntity): Promise<readonly Write[]> =>
  after.id === OWN_ENTITY ? ownKeepsProvider(rt, { own: after }) : [];

export interface ProviderLink {
  readonly entityId: string;
  readonly providerId: string;
  readonly sender?: string | undefined;
  /** As it was reviewed. */
  readonly providerVersion?: number | undefined;
}

/** As it was reviewed, and such that it takes the sender. */
const providerToLink = async (
  rt: Runtime,
  { providerId, sender, providerVersion }: ProviderLink,
): Promise<Provider> => {
  const provider = (await readProviders(rt)).find(({ id }) => id === providerId);
  if (!provider) throw new AppError('missing', 'sms-provider-not-found', 'There is no such provider.');
  if (providerVersion !== undefined && provider.version !== providerVersion) {
    throw new AppError('stale', 'stale', 'The provider was changed meanwhile.');
  }
  if (sender !== undefined && !isSenderFor(provider.kind, sender)) {
    const message = `${provider.kind} does not take this sender name.`;
    throw new AppError('unprocessable', 'sender-not-allowed', message);
  }
  return provider;
};

/**
 * Lets an entity use a provider; another one of the own entity is two admins'. Throws `legal-entity-not-found`, `sms-provider-not-found`, `sender-not-allowed`,
 * `too-many-providers`; for the own entity, whose first list narrows what it could use, `own-needs-provider`.
 */
export const linkProvider = (
  rt: Runtime,
  input: Actor & ProviderLink & { permit: RequestPermit },
): Promise<EntityView> =>
  changeEntity(rt, input, async (before) => {
    const { providerId, sender } = input;
    const provider = await providerToLink(rt, input);
    const providers = withLink(before.providers, { providerId, ...(sender !== undefined && { sender }) });
    if (providers.length > MAX_LINKS) {
      throw new AppError('conflict', 'too-many-providers', `An entity may use ${MAX_LINKS} providers.`);
    }
    const after = { ...before, providers };
    const isNew = before.providers.every((each) => each.providerId !== providerId);
    const route = await routeWrites(rt, after);
    // Whoever may choose where codes go could become anyone: two admins review the provider as it is now, and the change fails if it differs by then.
    const permit = before.id === OWN_ENTITY && isNew ? await input.permit() : undefined;
    return {
      after,
      deed: deed(before.id, 'provider-added', { providerId, sender }),
      writes: permit ? distinctWrites([...route, providerUnchanged(rt, provider)]) : route,
      permit,
    };
  });

/**
 * Takes a provider away from an entity. Throws `legal-entity-not-found`, `own-needs-provider` (409); one it does not have is
 * taken away already.
 */
export const unlinkProvider = (
  rt: Runtime,
  input: Actor & { entityId: string; providerId: string },
): Promise<EntityView> =>
  changeEntity(rt, input, async (before) => {
    const providers = before.providers.filter(({ providerId }) => providerId !== input.providerId);
    if (providers.length === before.providers.length) return undefined;
    const { providerId } = input;
    const after = { ...before, providers };
    ownKeepsList(after);
    const writes = await routeWrites(rt, after);
    return { after, deed: deed(before.id, 'provider-removed', { providerId }), writes };
  });
