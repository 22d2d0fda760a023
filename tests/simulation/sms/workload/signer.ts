import type { ApiUser } from '../../workload/api.ts';
import { choose } from '../../workload/workload.ts';
import { mayAct, type Workload } from './workload.ts';

/** Addresses that several people share. */
const ADDRESSES = ['198.51.100.7', '198.51.100.8', '2001:db8::1', '2001:db8::2'] as const;

const CODE = /\d{6}/;

/** Somebody who signs in by phone, by their own code, by guessing, and by pressing too often. */
export const runSigner = async (workload: Workload, self: ApiUser, phone: string): Promise<void> => {
  const { random } = self;
  const tokens: string[] = [];
  const known = (): string[] => workload.challenges.get(phone) ?? [];

  const note = (challengeId: unknown): void => {
    if (typeof challengeId !== 'string' || known().includes(challengeId)) return;
    workload.challenges.set(phone, [...known(), challengeId]);
  };

  const ask = async (of = phone): Promise<void> => {
    const answer = await self.call('POST /v1/sign-in/challenges', {
      body: { phone: of, ...(random.chance(0.2) && { locale: random.pick(['ru', 'en']) }) },
      address: random.pick(ADDRESSES),
    });
    if (of === phone) note(answer?.body?.challengeId);
  };

  const guess = async (code: string | undefined): Promise<void> => {
    const challengeId = random.chance(0.85) ? known().at(-1) : random.pick([...known(), undefined]);
    if (challengeId === undefined) return;
    const answer = await self.call('POST /v1/sign-in', {
      body: { challengeId, code: code ?? String(random.int(0, 999_999)).padStart(6, '0') },
      address: random.pick(ADDRESSES),
    });
    if (answer?.status === 200) tokens.push(answer.body.refreshToken);
  };

  /** What the phone shows last. */
  const ownCode = (): string | undefined => CODE.exec(workload.outside.inbox(phone).at(-1) ?? '')?.[0];

  /** Everything at once: right and wrong, more often than allowed. */
  const storm = async (): Promise<void> => {
    const code = ownCode();
    const many = Array.from({ length: random.int(3, 9) }, () =>
      guess(random.chance(0.35) ? code : undefined),
    );
    await Promise.all([...many, ...(random.chance(0.3) ? [ask()] : [])]);
  };

  const refresh = async (token: string | undefined): Promise<void> => {
    if (token === undefined) return;
    const answer = await self.call('POST /v1/sign-in/refresh', { body: { refreshToken: token } });
    if (answer?.status === 200 && !tokens.includes(answer.body.refreshToken))
      tokens.push(answer.body.refreshToken);
  };

  const refreshTwice = async (): Promise<void> => {
    const token = tokens.at(-1);
    await Promise.all([
      refresh(token),
      refresh(token),
      ...(random.chance(0.3) ? [refresh(tokens.at(-2))] : []),
    ]);
  };

  const signOut = async (): Promise<void> => {
    const refreshToken = tokens.at(-1);
    if (refreshToken) await self.call('POST /v1/sign-out', { body: { refreshToken } });
  };

  while (await mayAct(workload, self)) {
    await choose(random, [
      [26, () => ask()],
      [10, () => Promise.all([ask(), ask()])],
      [26, () => guess(ownCode())],
      [12, () => guess(undefined)],
      [14, storm],
      [4, () => ask(random.pick([...workload.challenges.keys(), phone]))],
      [12, () => refresh(tokens.at(-1))],
      [6, refreshTwice],
      [6, () => refresh(tokens.length > 0 ? random.pick(tokens) : undefined)],
      [2, signOut],
    ]);
  }
};
