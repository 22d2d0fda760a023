import { permitted, type RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { isCountry } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { LawPreset, LawRules } from '../core/registry-model.ts';
import { listPresetVersions } from '../rule-config-history-repository.ts';
import { openRuleConfig } from '../rule-config-repository.ts';
import { capitalDate, followedBy } from '../rules/bindings.ts';
import { looserIn } from '../rules/strictness.ts';
import { type PresetView, toPresetView } from './registry-view.ts';
import { mustMayLoosen } from './who-edits.ts';

const wrong = (code: string, message: string): AppError => new AppError('unprocessable', code, message);

/** What is looser than what it follows is an admin's, who says why. Gives in what it is looser. */
const refuseLooser = (
  before: LawRules | undefined,
  after: LawRules | undefined,
  input: Actor & { reason?: string | undefined },
): readonly string[] => {
  const looser = before ? looserIn(before, after ?? {}) : [];
  mustMayLoosen(looser, input);
  return looser;
};

const refuseChanged = (first: LawRules | undefined, draft: PresetDraft): void => {
  if (!isCountry(draft.country)) throw wrong('law-preset-country', `There is no country ${draft.country}.`);
  if (!first) return;
  const fixed = (law: Pick<LawRules, 'country' | 'categories'>) =>
    [law.country, ...law.categories.toSorted()].join(' ');
  if (fixed(first) !== fixed(draft)) {
    throw wrong('law-preset-fixed', 'Country and categories of a preset never change.');
  }
};

export type PresetDraft = Omit<LawPreset, 'code' | 'version' | 'withdrawnAt'>;

export interface PresetVersion {
  readonly code: string;
  readonly draft: PresetDraft;
  readonly reason?: string | undefined;
}

export interface PresetWithdrawal {
  readonly code: string;
  readonly version: number;
  readonly reason?: string | undefined;
}

/**
 * Publishes the next version of a law preset, or the first of a new one, in force from the next day at the earliest. Versions
 * are never edited: what was evaluated by one can always be read again. Throws 422 `law-preset-country`, `law-preset-fixed`,
 * `effective-too-early`, `reason-required`, `too-many-versions`; 403 `looser-needs-admin`.
 */
export const publishPreset = (
  rt: Runtime,
  input: Actor & PresetVersion & { idempotency?: Idempotency; permit: RequestPermit },
): Promise<PresetView> =>
  untilCommitted(rt, async () => {
    const { code, draft, reason } = input;
    const { config, write } = await openRuleConfig(rt);
    const [first] = (await listPresetVersions(rt, code)).filter(({ withdrawnAt }) => !withdrawnAt);
    refuseChanged(first, draft);
    const earliest = capitalDate(draft.country, rt.clock.nowMs(), 1);
    if (draft.effectiveFrom < earliest) {
      throw wrong('effective-too-early', `A version takes effect on ${earliest} at the earliest.`);
    }
    const preset: LawPreset = { ...draft, code, version: (config.lastVersions[code] ?? 0) + 1 };
    const looser = refuseLooser(followedBy(config.presets, preset), preset, input);
    const body = toPresetView(preset);
    const details = { ...preset, looser, reason };
    const deed = { action: 'law-preset.published', subject: `law-preset/${code}`, details };
    const permit = permitted(looser.length > 0 ? await input.permit() : undefined);
    await commit(rt, {
      writes: [...write({ preset }), ...permit.writes],
      events: [audited(rt, input, deed), ...permit.events],
      answer: { idempotency: input.idempotency, stored: { status: 201, body } },
    });
    return body;
  });

/**
 * Withdraws a version that is not in force yet; its number is not given again. Where what stays in force is looser, an admin does it.
 * Twice is once. Throws `law-preset-not-found`, `law-preset-in-force` (409), `looser-needs-admin`, `reason-required`.
 */
export const withdrawPreset = (
  rt: Runtime,
  input: Actor & PresetWithdrawal & { permit: RequestPermit },
): Promise<PresetView> =>
  untilCommitted(rt, async () => {
    const { code, version, reason } = input;
    const { config, write } = await openRuleConfig(rt);
    const preset = (await listPresetVersions(rt, code)).find((each) => each.version === version);
    if (!preset) throw new AppError('missing', 'law-preset-not-found', 'There is no such version.');
    if (preset.withdrawnAt) return toPresetView(preset);
    const nowMs = rt.clock.nowMs();
    if (preset.effectiveFrom <= capitalDate(preset.country, nowMs)) {
      throw new AppError(
        'conflict',
        'law-preset-in-force',
        'It has come into force: publish another version.',
      );
    }
    const looser = refuseLooser(preset, followedBy(config.presets, preset), input);
    const withdrawn: LawPreset = { ...preset, withdrawnAt: instant(nowMs) };
    const deed = {
      action: 'law-preset.withdrawn',
      subject: `law-preset/${code}`,
      details: { version, looser, reason },
    };
    const permit = permitted(looser.length > 0 ? await input.permit() : undefined);
    await commit(rt, {
      writes: [...write({ withdrawn }), ...permit.writes],
      events: [audited(rt, input, deed), ...permit.events],
    });
    return toPresetView(withdrawn);
  });
