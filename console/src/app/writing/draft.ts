export interface Draft {
  readonly text: string;
  /** The tab it was typed in last. */
  readonly tab: string;
  readonly atMs: number;
}

/** @returns undefined for what is no draft: storage holds whatever somebody put there */
export const parseDraft = (json: string | undefined): Draft | undefined => {
  if (json === undefined) return undefined;
  try {
    const { text, tab, atMs } = JSON.parse(json) as Partial<Record<keyof Draft, unknown>>;
    const valid =
      typeof text === 'string' && text !== '' && typeof tab === 'string' && typeof atMs === 'number';
    return valid ? { text, tab, atMs } : undefined;
  } catch {
    return undefined;
  }
};

/** How long a draft is another window's after a key was pressed there. */
const TYPED_ELSEWHERE_MS = 10_000;

export const isTypedElsewhere = (draft: Draft | undefined, tab: string, nowMs: number): boolean =>
  draft !== undefined && draft.tab !== tab && nowMs - draft.atMs < TYPED_ELSEWHERE_MS;
