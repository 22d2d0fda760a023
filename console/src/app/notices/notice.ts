/** Something that wants the reader: a ticket to accept, a message in one of theirs. */
export interface Notice {
  /** One for each thing: a newer notice of it takes the place of the older. */
  readonly tag: string;
  /** Changes when there is something new about it. */
  readonly version: string;
  readonly title: string;
  readonly body: string;
  /** Heard, also while the window is in front. */
  readonly rings: boolean;
  /** Address that it opens. */
  readonly path: string;
}

export interface NoticeChanges {
  readonly fresh: readonly Notice[];
  /** Tags of what was handled. */
  readonly gone: readonly string[];
}

/** What came and what was handled between two states. */
export const noticeChanges = (before: readonly Notice[], now: readonly Notice[]): NoticeChanges => {
  const known = new Map(before.map(({ tag, version }) => [tag, version]));
  const still = new Set(now.map(({ tag }) => tag));
  return {
    fresh: now.filter(({ tag, version }) => known.get(tag) !== version),
    gone: before.map(({ tag }) => tag).filter((tag) => !still.has(tag)),
  };
};

const COUNT = /^\(\d+\) /;

/** `(3) Rotadesk` */
export const titleWith = (title: string, count: number): string => {
  const bare = title.replace(COUNT, '');
  return count > 0 ? `(${count}) ${bare}` : bare;
};
