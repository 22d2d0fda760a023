import { instant, plusSeconds } from '../../platform/clock.ts';
import { publicUrl } from '../../platform/config.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { mayBecomeLink } from '../../platform/input/name.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { smsRequested } from '../../sms/events.ts';
import { OWN_ENTITY } from '../../sms/model.ts';
import { catalogue, PRODUCT, type TemplateEntry } from '../catalogue.ts';
import { findContact } from '../contacts/contact-repository.ts';
import { findNotification, newNotificationWrite } from '../core/notification-repository.ts';
import { putEmail } from '../emails/email-repository.ts';
import { findStopped } from '../feedback/address-repository.ts';
import { emailDue, notificationRequested, type RequestEvent } from '../internal-events.ts';
import {
  type BrokenPart,
  type Contact,
  type Locale,
  type Notification,
  notificationIdOf,
  type TemplateContent,
  tokenPlaceholder,
} from '../model.ts';
import { unsafeParts } from '../rendering/content-policy.ts';
import { emailHosts } from '../rendering/email-hosts.ts';
import { oneLine } from '../rendering/frame.ts';
import { renderEmail, renderSms } from '../rendering/render.ts';
import { findTemplateVersion } from '../versions/template-version-repository.ts';
import { addressOf, type Route, routeOf } from './recipient.ts';

type Request = RequestEvent['data'];

const DEFAULT_LOCALE: Locale = 'en';

/** Identity's event of a user may come after the request to notify them; this long it is waited for, once. */
const CONTACT_PATIENCE_SEC = 60;

const brokenTemplate = (template: string, broken: readonly BrokenPart[]): AppError =>
  new AppError(
    'unprocessable',
    'template-broken',
    `${template}: ${broken.map(({ part, message }) => `${part}: ${message}`).join('; ')}`,
  );

/** The data by the catalogue's schema. The message names fields, never values. */
const dataOf = (entry: TemplateEntry, { template, data }: Request): Record<string, unknown> => {
  const parsed = entry.data.safeParse(data);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`);
  throw new AppError('unprocessable', 'template-data', `${template}: ${paths.join(', ')}`);
};

const contactOf = ({ userId }: Request['recipient'], rt: Runtime): Promise<Contact | undefined> =>
  userId === undefined ? Promise.resolve(undefined) : findContact(rt, userId);

/** Nobody is known by that id, and nothing else says where to write. */
const knowsNobody = ({ recipient }: Request, contact: Contact | undefined): boolean =>
  contact === undefined && recipient.email === undefined && recipient.phone === undefined;

const composeLater = (rt: Runtime, request: Request): Promise<void> =>
  commit(rt, {
    writes: [],
    events: [
      notificationRequested.draft(
        { ...request, waited: true },
        { deliverAt: plusSeconds(instant(rt.clock.nowMs()), CONTACT_PATIENCE_SEC) },
      ),
    ],
  });

const linkOf = (rt: Runtime, entry: TemplateEntry, id: string): string | undefined =>
  entry.link && publicUrl(rt.env) + entry.link.replace('{token}', tokenPlaceholder(id));

interface Draft {
  readonly request: Request;
  readonly entry: TemplateEntry;
  readonly contact: Contact | undefined;
  readonly base: Notification;
}

/**
 * The variables of a template. A name is one line, wherever it is used, and is left out where a mail program could make a
 * link of it: its owner may have had the e-mail sent to somebody else's address.
 */
const variablesOf = (rt: Runtime, { request, entry, contact, base }: Draft): Record<string, unknown> => {
  const { name: given, ...data } = dataOf(entry, request);
  const shown = typeof given === 'string' ? given : contact?.name;
  const name = shown === undefined ? undefined : oneLine(shown);
  const link = linkOf(rt, entry, base.id);
  return {
    ...data,
    product: PRODUCT,
    ...(name && !mayBecomeLink(name) && { name }),
    ...(link !== undefined && { link }),
  };
};

interface Composed {
  readonly notification: Notification;
  readonly events: readonly EventDraft[];
}

const asEmail = async (
  rt: Runtime,
  draft: Draft,
  content: TemplateContent,
  email: string,
): Promise<Composed> => {
  const { base, request } = draft;
  const rendered = renderEmail({ locale: base.locale, content, variables: variablesOf(rt, draft) });
  if (rendered.kind === 'broken') throw brokenTemplate(base.template, rendered.broken);
  const file = await putEmail(rt, base.id, rendered.value);
  const { tokenRef } = request;
  return {
    notification: { ...base, channel: 'email', email, file, ...(tokenRef && { tokenRef }) },
    events: [emailDue.draft({ notificationId: base.id, attempt: 1 })],
  };
};

const asSms = (rt: Runtime, draft: Draft, content: TemplateContent, phone: string): Composed => {
  const { base } = draft;
  const sms = renderSms({ locale: base.locale, content, variables: variablesOf(rt, draft) });
  if (sms.kind === 'broken') throw brokenTemplate(base.template, sms.broken);
  return {
    notification: { ...base, channel: 'sms', phone, state: 'handed' },
    events: [
      smsRequested.draft({
        key: base.id,
        requestedBy: 'notifications',
        entityId: OWN_ENTITY,
        category: 'transactional',
        phone,
        text: sms.value,
        validUntil: base.validUntil,
        locale: base.locale,
      }),
    ],
  };
};

/**
 * The content in force and its version. An edited version that is not safe (it was published before today's rules, or a
 * host has left the list) is replaced by the one we ship, and an alarm is raised.
 */
const versionInUse = async (
  rt: Runtime,
  { base: { template, locale }, entry }: Draft,
): Promise<{ content: TemplateContent; version: number }> => {
  const edited = await findTemplateVersion(rt, template, locale);
  if (edited && unsafeParts(edited, emailHosts(rt)).length === 0)
    return { content: edited, version: edited.version };
  if (edited) count(rt, 'TemplatesNotSafe', { template, locale, version: edited.version });
  return { content: entry.shipped[locale], version: 0 };
};

const composed = async (rt: Runtime, draft: Draft, route: Route): Promise<Composed> => {
  const { base } = draft;
  if (route.kind === 'none') {
    return { notification: { ...base, state: 'undeliverable', reason: route.reason }, events: [] };
  }
  const { content, version } = await versionInUse(rt, draft);
  const versioned = { ...draft, base: { ...base, templateVersion: version } };
  return route.kind === 'email'
    ? asEmail(rt, versioned, content, route.email)
    : asSms(rt, versioned, content, route.phone);
};

const draftOf = (rt: Runtime, { at, data: request }: RequestEvent, contact: Contact | undefined): Draft => {
  const entry = catalogue[request.template];
  const now = instant(rt.clock.nowMs());
  const base: Notification = {
    id: notificationIdOf(request.key),
    key: request.key,
    template: request.template,
    templateVersion: 0,
    locale: request.locale ?? contact?.locale ?? DEFAULT_LOCALE,
    state: 'composed',
    ...(request.recipient.userId !== undefined && { userId: request.recipient.userId }),
    attempts: 0,
    validUntil: plusSeconds(at, entry.validSec),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return { request, entry, contact, base };
};

const routeFor = async (rt: Runtime, { request, entry, contact, base }: Draft): Promise<Route> => {
  const { recipient, channel } = request;
  if (knowsNobody(request, contact)) return { kind: 'none', reason: 'unknown-person' };
  const address = addressOf({ recipient, contact });
  const stopped = address === undefined ? undefined : await findStopped(rt, address, base.createdAt);
  return routeOf({ recipient, channel, contact, entry, stopped: stopped !== undefined });
};

/**
 * Turns a request into an e-mail ready to be sent, an SMS requested, or a note of why neither (R-NOT-01). Its id follows
 * from the request's key: a repeat finds it and does nothing. Throws `template-data` and `template-broken`, which no
 * retry mends.
 */
export const composeNotification = async (rt: Runtime, event: RequestEvent): Promise<void> => {
  const { data: request } = event;
  if (await findNotification(rt, notificationIdOf(request.key))) return;
  const contact = await contactOf(request.recipient, rt);
  if (knowsNobody(request, contact) && !request.waited) return composeLater(rt, request);
  const draft = draftOf(rt, event, contact);
  const { notification, events } = await composed(rt, draft, await routeFor(rt, draft));
  await commit(rt, { writes: [newNotificationWrite(rt, notification)], events }).catch((error: unknown) => {
    // Another delivery of the same request was first, and has done the same.
    if (!(error instanceof CommitConflict)) throw error;
  });
};
