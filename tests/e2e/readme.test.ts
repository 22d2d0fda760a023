import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { people } from '../../localstack/people.ts';
import { projectRoot } from '../../localstack/places.ts';
import { ask, until } from './support/ask.ts';
import { Product } from './support/product.ts';

const WITHIN_MS = 60_000;
const run = promisify(execFile);
const product = new Product();
beforeAll(() => product.start());
afterAll(() => product.remove());

/** The blocks that talk to the running product, in their order: whoever pastes one has pasted those before it. */
const blocks = [...readFileSync(join(projectRoot, 'README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)]
  .map(([, text = '']) => text)
  .filter((text) => text.includes('$API'));

/** Block by block as one shell would run them; each block's output. */
const paste = async (): Promise<string[]> => {
  const { api, sms, mail } = product.addresses;
  const script = blocks
    .join('\necho =====\n')
    .replaceAll('http://127.0.0.1:3000', api)
    .replaceAll('http://127.0.0.1:3020', sms)
    .replaceAll('http://127.0.0.1:3030', mail);
  const { stdout } = await run('sh', ['-c', script], {
    cwd: projectRoot,
    timeout: WITHIN_MS,
    env: { ...process.env, ROTADESK_DATA: product.directory },
  });
  return stdout.split('=====\n');
};

test('the README’s examples, pasted whole, show what the README says', async () => {
  const [first = '', signIn = '', debts = '', failover = ''] = await paste();
  expect(first).toContain(`"executorId":"${people['executor-1'].id}"`);
  expect(signIn).toContain('"emailConfirmed":true');
  const third = JSON.parse(debts.split('}{').at(-1)?.replace(/^/, '{') ?? '');
  expect(third.state).toBe('deferred');
  expect(third.trace).toContainEqual(expect.objectContaining({ rule: 'law-caps', verdict: 'defer' }));
  expect(failover).toMatch(/"state":"refused".*"state":"delivered"/);
});

test('R-AUTH-02 seeded people have accounts and sign in by their phones', async () => {
  for (const { id, phone, email } of [people.client, people['executor-1'], people.manager]) {
    const nobody = { token: '' };
    const { body: challenge } = await ask(`POST ${product.api}/v1/sign-in/challenges`, {
      ...nobody,
      body: { phone, locale: 'en' },
    });
    const inbox = `${product.addresses.sms}/inbox/${encodeURIComponent(phone)}.json`;
    const codes = async () => {
      const { body } = await ask(inbox, nobody);
      return (body as { text: string }[]).flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? []);
    };
    const [code] = await until(codes, (all) => all.length > 0, 15_000);
    const { challengeId } = challenge;
    const signedIn = await ask(`POST ${product.api}/v1/sign-in`, { ...nobody, body: { challengeId, code } });
    expect(signedIn.status).toBe(200);
    const me = await ask(`${product.api}/v1/me`, { token: String(signedIn.body.accessToken) });
    expect(me).toMatchObject({ status: 200, body: { userId: id, phone, email, emailConfirmed: true } });
  }
});

test('a restart finds the same addresses', async () => {
  const before = product.addresses;
  await product.stop();
  await product.start();
  expect(product.addresses).toEqual(before);
});
