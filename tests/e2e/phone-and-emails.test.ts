import { people } from '../../localstack/people.ts';
import { type Answer, ask, until } from './support/ask.ts';
import { Product } from './support/product.ts';
import { debtCollector, textsTo } from './support/sms.ts';

const PHONE = '+79161234567';

const product = new Product();
let manager = { token: '' };
beforeAll(async () => {
  await product.start();
  manager = { token: await product.token(people.manager) };
});
afterAll(() => product.remove());

const nobody = { token: '' };
const post = (path: string, body: object, who = nobody): Promise<Answer> =>
  ask(`POST ${product.api}${path}`, { ...who, body });

const signIn = async (): Promise<Answer> => {
  const challenge = await post('/v1/sign-in/challenges', { phone: '8 (916) 123-45-67', locale: 'en' });
  expect(challenge.status).toBe(202);
  const codes = () =>
    textsTo(product, PHONE).then((all) => all.flatMap((text) => /\b\d{6}\b/.exec(text)?.[0] ?? []));
  const [code] = await until(codes, (all) => all.length > 0, 15_000);
  return post('/v1/sign-in', { challengeId: challenge.body.challengeId, code });
};

test('R-AUTH-01 R-AUTH-02 R-AUTH-03 a new client signs in with the code on their phone and confirms the address by its e-mail', async () => {
  const signedIn = await signIn();
  expect(signedIn).toMatchObject({ status: 200, body: { newClient: true, user: { phone: PHONE } } });
  const client = { token: String(signedIn.body.accessToken) };
  const me = `${product.api}/v1/me`;
  expect((await ask(`PATCH ${me}`, { ...client, body: { name: 'Clara' } })).status).toBe(200);
  const email = 'clara@client.example';
  expect((await ask(`PUT ${me}/email`, { ...client, body: { email } })).body.emailConfirmed).toBe(false);

  // Managers have e-mails too: they are told what the only admin did alone while the product was set up.
  const emails = async () =>
    (await ask(`${product.addresses.mail}/emails.json`, nobody)).body.filter(
      ({ envelope }: { envelope: { to: string[] } }) => envelope.to.includes(email),
    );
  const [received] = await until(emails, (all) => all.length > 0, 15_000);
  expect(received.envelope.to).toEqual([email]);
  const link = /http\S+\/v1\/email-confirmations\/\S+/.exec(received.text)?.[0];
  expect((await ask(link ?? '', nobody)).body).toContain('<form method="post">');
  expect((await ask(me, client)).body.emailConfirmed).toBe(false);
  expect((await ask(`POST ${link}`, nobody)).status).toBe(200);
  expect((await ask(me, client)).body).toMatchObject({ name: 'Clara', email, emailConfirmed: true });

  // Signed in by phone, a client is whoever writes: the desk knows them.
  const written = await ask(`POST ${product.api}/v1/messages`, {
    ...client,
    key: 'by-phone',
    body: { text: 'The heating is cold.' },
  });
  expect(written.status).toBe(202);
});

test('R-SMS-06 R-SMS-07 R-SMS-08 the third message about a debt waits for the next day that the law allows, and says why', async () => {
  const entityId = await debtCollector(product, manager.token);
  const register = (number: number) =>
    ask(`POST ${product.api}/v1/sms`, {
      ...manager,
      key: `debt-${number}`,
      body: {
        entityId,
        category: 'debt',
        phone: '+79160000001',
        text: `Reminder ${number}`,
        zone: 'Europe/Moscow',
        validitySec: 3 * 86_400,
      },
    });
  const sent = [await register(1), await register(2), await register(3)];
  const third = sent[2]?.body;
  expect(third.state).toBe('deferred');
  const rule = third.trace.find((each: { rule: string }) => each.rule === 'law-caps');
  expect(rule).toMatchObject({ verdict: 'defer', preset: 'RU-230@1', nextAllowedAt: third.nextAllowedAt });
  const hour = new Intl.DateTimeFormat('en', {
    timeZone: 'Europe/Moscow',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  expect(['08', '09']).toContain(hour.format(new Date(third.nextAllowedAt)));
});

test('R-SMS-04 one provider refuses, and the next one delivers', async () => {
  const { sms } = product.addresses;
  const refusing = await ask(`POST ${sms}/_control`, {
    ...nobody,
    body: { api: 'smsc', faults: { refuse: { code: '6' } } },
  });
  expect(refusing.status).toBe(200);
  const registered = await ask(`POST ${product.api}/v1/sms`, {
    ...manager,
    key: 'failover',
    body: { entityId: 'own', category: 'transactional', phone: '+79160000002', text: 'Your order is ready.' },
  });
  const status = async () => (await ask(`${product.api}/v1/sms/${registered.body.smsId}`, manager)).body;
  const delivered = await until(status, ({ state }) => state === 'delivered', 20_000);
  expect(delivered.attempts.map(({ state }: { state: string }) => state)).toEqual(['refused', 'delivered']);
  expect(await textsTo(product, '+79160000002')).toEqual(['Your order is ready.']);
});
