import { catalogue } from '../../../lib/notifications/catalogue.ts';
import { templateNames } from '../../../lib/notifications/model.ts';
import { templateVersionWrites } from '../../../lib/notifications/versions/template-version-repository.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  fresh,
  freshAddress,
  mailRuntime,
  noteOf,
} from '../../support/notifications.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let sink: MailSink;
let rt: TestRuntime;
let manager: TestUser;
let admin: TestUser;

beforeAll(async () => {
  sink = await startMailSink();
});
beforeEach(async () => {
  // Wordings are the stage's own: each test has one.
  aws = await startAws();
  rt = await mailRuntime(aws, sink);
  manager = newUser(rt, 'manager');
  admin = newUser(rt, 'admin');
});
afterAll(() => sink.stop());

const PATH = '/v1/notification-templates/email-confirmation';
const { en } = catalogue['email-confirmation'].shipped;

const edit = (content: object, ifMatch = '"0"', key = fresh('k')) =>
  admin.call(`POST ${PATH}/versions`, { key, ifMatch, body: { locale: 'en', ...en, ...content } });

test('R-NOT-01 the catalogue is listed with what each template may name', async () => {
  const { body } = await manager.call('GET /v1/notification-templates');
  expect(body.items.map(({ template }: { template: string }) => template)).toEqual([...templateNames]);
  expect(body.items[0]).toMatchObject({ channels: ['email'], variables: ['name', 'product', 'link'] });
});

test('R-NOT-01 an edited template version is in force for what is composed after it, and the former ones are kept', async () => {
  const before = confirmation();
  await askFor(rt, before);
  const first = await edit({ subject: 'One: {{ product }}' });
  expect(first).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { version: 1, actorId: admin.id },
  });
  expect((await edit({ subject: 'Two' }, '"1"')).status).toBe(201);
  const after = confirmation();
  await askFor(rt, after);

  expect(sink.emails(before.recipient.email)[0]?.subject).toBe('Confirm your e-mail address');
  expect(sink.emails(after.recipient.email)[0]?.subject).toBe('Two');
  expect(await noteOf(rt, after)).toMatchObject({ templateVersion: 2 });
  expect((await manager.call(`GET ${PATH}?locale=en`)).body).toMatchObject({ version: 2, subject: 'Two' });
  expect((await manager.call(`GET ${PATH}?locale=ru`)).body).toMatchObject({ version: 0, actorId: null });
  const page = await manager.call(`GET ${PATH}/versions?locale=en&limit=1`);
  expect(page.body.items).toEqual([expect.objectContaining({ version: 2 })]);
  const cursor = encodeURIComponent(page.body.nextCursor);
  const rest = await manager.call(`GET ${PATH}/versions?locale=en&limit=1&cursor=${cursor}`);
  expect(rest.body.items).toEqual([expect.objectContaining({ version: 1, subject: 'One: {{ product }}' })]);
  expect((await manager.call(`GET ${PATH}/versions?locale=ru&cursor=${cursor}`)).status).toBe(400);
});

test('R-NOT-01 R-ADM-02 who edited what is in the audit log', async () => {
  await edit({ subject: 'Audited' });
  await drain(rt);
  const { body } = await manager.call('GET /v1/audit?subject=notification-template/email-confirmation');
  expect(body.items).toEqual([
    expect.objectContaining({
      action: 'notification-template.edited',
      actor: expect.objectContaining({ id: admin.id }),
      details: { locale: 'en', version: 1 },
    }),
  ]);
});

test.each([
  [
    'an unknown variable',
    { text: 'Hi {{ nme }} {{ link }}' },
    'body.text',
    /unknown variable nme; known are name, product, link/,
  ],
  [
    'one in a branch never taken',
    { html: '{% if name == "x" %}{{ age }}{% endif %}<p>{{ link }}</p>' },
    'body.html',
    /unknown variable age/,
  ],
  ['a tag that is not closed', { text: '{% if name %} {{ link }}' }, 'body.text', /not closed/],
  ['a tag that reads files', { html: '{% include "x" %}{{ link }}' }, 'body.html', /tag "include" not found/],
  [
    'a filter that would not escape',
    { html: '{{ name | raw }}{{ link }}' },
    'body.html',
    /undefined filter: raw/,
  ],
  [
    'a loop without end',
    { text: '{% for i in (1..999999999) %}x{% endfor %}{{ link }}' },
    'body.text',
    /limit exceeded/,
  ],
  ['an e-mail that lost its link', { text: 'Hello' }, 'body.text', /no use without/],
  ['a text for SMS where there is none', { sms: 'Hello' }, 'body.sms', /never sent as SMS/],
])('R-NOT-01 a broken edit is refused and named: %s', async (_name, content, path, message) => {
  const answer = await edit(content);
  expect(answer).toMatchObject({ status: 422, body: { code: 'template-broken' } });
  expect(answer.body.errors).toEqual([{ path, message: expect.stringMatching(message) }]);
  const preview = await manager.call(`POST ${PATH}/preview`, {
    body: { locale: 'en', content: { ...en, ...content } },
  });
  expect(preview).toMatchObject({ status: 422, body: { code: 'template-broken' } });
  expect((await manager.call(`GET ${PATH}?locale=en`)).body.version).toBe(0);
});

test('R-NOT-02 a template with a secret link is edited by admins, any other by managers', async () => {
  const body = { locale: 'en', ...en };
  const [key, ifMatch] = [fresh('k'), '"0"'];
  expect(await manager.call(`POST ${PATH}/versions`, { key, ifMatch, body })).toMatchObject({
    status: 403,
    body: { code: 'template-admin-only' },
  });
  const welcome = '/v1/notification-templates/staff-welcome/versions';
  const { en: words } = catalogue['staff-welcome'].shipped;
  const plain = { key, ifMatch, body: { locale: 'en', ...words } };
  expect((await admin.call(`POST ${welcome}`, plain)).body.code).toBe('template-manager-only');
  expect((await manager.call(`POST ${welcome}`, plain)).status).toBe(201);
});

test.each([
  ['a wrapped link', { html: '<a href="https://evil.example/?l={{ link }}">x</a>' }, /whole href/],
  ['a script', { html: '<script>1</script><p>{{ link }}</p>' }, /tag <script>/],
  ['a foreign address', { text: 'https://evil.example\n{{ link }}' }, /not listed/],
])(
  'R-NOT-02 an edit with %s is refused, and one published before gives way to what we ship',
  async (_, content, words) => {
    const answer = await edit(content);
    expect(answer).toMatchObject({ status: 422, body: { code: 'template-broken' } });
    expect(answer.body.errors[0].message).toMatch(words);
    const at = new Date(rt.clock.nowMs()).toISOString();
    const stored = {
      ...en,
      ...content,
      template: 'email-confirmation',
      locale: 'en',
      version: 1,
      at,
      actorId: 'usr_1',
    } as const;
    await commit(rt, { writes: templateVersionWrites(rt, stored) });
    const request = confirmation();
    await askFor(rt, request);
    await drain(rt);
    const [email] = sink.emails(request.recipient.email);
    expect(email?.html).not.toMatch(/evil|<script/);
    expect((await noteOf(rt, request))?.templateVersion).toBe(0);
  },
);

test('R-NOT-01 two editors: the later one is told, and nothing is overwritten', async () => {
  const answers = await Promise.all([edit({ subject: 'A' }), edit({ subject: 'B' })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412]);
  expect(await edit({ subject: 'C' }, '"0"')).toMatchObject({ status: 412, body: { code: 'stale' } });
  expect((await edit({ subject: 'C' }, undefined, 'same')).status).toBe(412);
});

test('R-NOT-01 the same edit sent again gets its first answer', async () => {
  const key = fresh('k');
  const first = await edit({ subject: 'Once' }, '"0"', key);
  expect(await edit({ subject: 'Once' }, '"0"', key)).toMatchObject({ status: 201, body: first.body });
});

test.each(templateNames)(
  'R-NOT-01 %s can be previewed in both languages, and nothing is sent',
  async (template) => {
    for (const locale of ['ru', 'en']) {
      const path = `POST /v1/notification-templates/${template}/preview`;
      const { status, body } = await manager.call(path, { body: { locale } });
      expect({ status, ...body }).toMatchObject({
        status: 200,
        html: expect.stringContaining(`lang="${locale}"`),
      });
      expect(body.text.length).toBeGreaterThan(40);
    }
    await drain(rt);
  },
);

test('R-NOT-01 a preview escapes what it is given, and refuses data that does not fit', async () => {
  const preview = (data: object) => manager.call(`POST ${PATH}/preview`, { body: { locale: 'en', data } });
  expect((await preview({ name: '<b>Eve</b>' })).body.html).toContain('&lt;b&gt;Eve&lt;/b&gt;');
  expect(await preview({ name: 7 })).toMatchObject({
    status: 422,
    body: { code: 'template-data', errors: [{ path: 'body.data.name' }] },
  });
});

test('R-NOT-01 the words of an e-mail can be read again, without the secret of its link', async () => {
  const email = freshAddress();
  const request = confirmation({ recipient: { email } });
  await askFor(rt, request);
  const { id } = await noteOf(rt, request);
  const { status, body } = await manager.call(`GET /v1/notifications/${id}/email`);
  expect(status).toBe(200);
  expect(body.text).toContain('https://api.invalid/v1/email-confirmations/…');
  const one = await manager.call(`GET /v1/notifications/${id}`);
  expect(one.body).toMatchObject({ notificationId: id, state: 'sent', email, attempts: 1 });
});

test.each([
  ['GET /v1/notification-templates/nothing?locale=en', 404, 'template-not-found'],
  [`GET ${PATH}`, 400, 'invalid-request'],
  ['GET /v1/notifications', 400, 'invalid-request'],
  ['GET /v1/notifications?trouble=failed&userId=usr_1', 400, 'invalid-request'],
  ['GET /v1/notifications/ntf_00000000-0000-8000-8000-000000000000', 404, 'notification-not-found'],
] as const)('R-NOT-01 %s: %i %s', async (request, status, code) => {
  expect(await manager.call(request)).toMatchObject({ status, body: { code } });
});
