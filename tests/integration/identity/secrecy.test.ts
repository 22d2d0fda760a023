import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../../lib/platform/config.ts';
import { createLog } from '../../../lib/platform/log.ts';
import { codeRequested } from '../../../lib/sms/events.ts';
import { call, startAws, testRuntime } from '../../support/aws/index.ts';
import {
  askForCode,
  codeOf,
  listenToCommits,
  refresh,
  somePhone,
  tryCode,
  wrongCode,
} from '../../support/identity.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';

/** As a word of its own: six digits may well stand inside an id. */
const asWord = (secret: string) => new RegExp(`(?<![0-9A-Za-z_-])${secret}(?![0-9A-Za-z_-])`);

test('R-AUTH-01 neither codes nor tokens are stored, queued or logged, nor whole phones logged', async () => {
  const quiet = await testRuntime(await startAws());
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line), nowMs: () => quiet.clock.nowMs() };
  const rt = { ...quiet, log: createLog({ LOG_LEVEL: 'DEBUG' }, sink) };
  const [committed, queued] = [listenToCommits(rt), listenToEvents(rt)];
  const secrets: string[] = [];
  const phones: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const phone = somePhone();
    const { challengeId } = (await askForCode(rt, phone, `192.0.2.${n}`)).body;
    const code = await codeOf(rt, challengeId);
    await tryCode(rt, challengeId, await wrongCode(rt, challengeId));
    const { accessToken, refreshToken } = (await tryCode(rt, challengeId, code)).body;
    const next = (await refresh(rt, refreshToken)).body;
    await call(rt, 'PUT /v1/me/email', { token: accessToken, body: { email: 'anna@firm.example' } });
    rt.clock.move(11_000);
    await refresh(rt, refreshToken); // reused: ends the session and says so in the log
    await call(rt, 'POST /v1/sign-in', { body: { challengeId, code, phone } }); // a request that is refused
    secrets.push(code, accessToken, refreshToken, next.accessToken, next.refreshToken);
    phones.push(phone);
  }
  const stored = await Promise.all(
    (['identity', 'platform'] as const).map(async (module) => {
      const { Items } = await rt.dynamo.send(new ScanCommand({ TableName: tableName(rt.env, module) }));
      return JSON.stringify(Items);
    }),
  );
  expect(lines.length).toBeGreaterThan(30);
  expect(ofType(committed, codeRequested)).toHaveLength(5);
  const places = {
    stored: stored.join(),
    committed: JSON.stringify([committed, queued]),
    logged: lines.join('\n'),
  };
  for (const [place, text] of Object.entries(places)) {
    expect([place, secrets.filter((secret) => asWord(secret).test(text))]).toEqual([place, []]);
  }
  expect(phones.filter((phone) => places.logged.includes(phone.slice(1)))).toEqual([]);
});
