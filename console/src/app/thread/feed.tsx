import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import type { ThreadEntry } from '../../api/types.ts';
import { dayOf, dayText } from '../../parts/time-text.ts';
import type { Outgoing } from '../writing/queue.ts';
import styles from './feed.module.css';
import { type Item, type ThreadEvent, threadItems } from './items.ts';
import { PendingEntry } from './pending-entry.tsx';
import { useFollow } from './use-follow.ts';

const DAY_MS = 86_400_000;
const ROW_PX = 76;

function Day({ at }: { readonly at: string }) {
  const { t, i18n } = useLingui();
  const now = serverNow();
  const day = dayOf(at);
  const name =
    day === dayOf(now) ? t`Today` : day === dayOf(now - DAY_MS) ? t`Yesterday` : dayText(at, i18n.locale);
  return <div className={styles.day}>{name}</div>;
}

interface FeedProps<E extends ThreadEvent> {
  readonly entries: readonly ThreadEntry[];
  readonly events: readonly E[];
  readonly pending: readonly Outgoing[];
  readonly renderEntry: (entry: ThreadEntry) => ReactNode;
  readonly renderEvent: (event: E) => ReactNode;
  readonly onEdit: (item: Outgoing) => void;
  /** Id of the first unread entry. */
  readonly unreadId?: string | undefined;
  /** Under the last entry: who is writing. */
  readonly tail?: ReactNode;
}

const contentOf = <E extends ThreadEvent>(item: Item<E>, props: FeedProps<E>): ReactNode => {
  if (item.kind === 'day') return <Day at={item.at} />;
  if (item.kind === 'event') return <div className={styles.event}>{props.renderEvent(item.event)}</div>;
  if (item.kind === 'entry') return props.renderEntry(item.entry);
  return <PendingEntry item={item.item} position={item.position} of={item.of} onEdit={props.onEdit} />;
};

/** A conversation of any length; only what is seen is in the page. */
export function Feed<E extends ThreadEvent>(props: FeedProps<E>) {
  const { t } = useLingui();
  const { entries, events, pending, unreadId, tail } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const items = threadItems({ entries, events, pending, dayOf });
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 10,
  });
  const unreadAt = unreadId === undefined ? -1 : items.findIndex(({ key }) => key === unreadId);
  const { below, toEnd, onScroll } = useFollow(virtualizer, scroll, {
    count: items.length,
    start: unreadAt === -1 ? undefined : unreadAt,
    own: pending.length,
  });
  return (
    <div className={styles.frame}>
      <div
        className={styles.scroll}
        ref={scroll}
        onScroll={onScroll}
        role="log"
        aria-label={t`Conversation`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the arrow keys
        tabIndex={0}
      >
        <div className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const item = items[index];
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                {item && contentOf(item, props)}
              </div>
            );
          })}
        </div>
      </div>
      {tail && <div className={styles.tail}>{tail}</div>}
      {below > 0 && (
        <button type="button" className={styles.more} onClick={toEnd}>
          <span className="row">
            <Trans>{below} new</Trans>
            <ArrowDown />
          </span>
        </button>
      )}
    </div>
  );
}
