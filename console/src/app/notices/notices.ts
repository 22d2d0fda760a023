/** Tells whoever is not looking: by title, favicon, sound and the browser's notices. One tab of a person does it. */
import { valueStore } from '../value-store.ts';
import { type Notice, noticeChanges, titleWith } from './notice.ts';
import { permission, soundOn, wordsOn } from './notice-settings.ts';
import { ring } from './sound.ts';

const LOCK = 'rotadesk-ringer';

/** What wants the reader now; modules set it. */
export const notices = valueStore<readonly Notice[]>([]);

const shown = new Map<string, Notification>();

/** Browsers of phones let only service workers show any, and throw. */
const made = (title: string, options: NotificationOptions): Notification | undefined => {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
};

const show = ({ tag, title, body, path }: Notice): void => {
  if (permission.get() !== 'granted') return;
  const notification = made(title, { tag, icon: '/favicon.svg', ...(wordsOn.get() && { body }) });
  if (notification === undefined) return;
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
    history.pushState({}, '', path);
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
  shown.set(tag, notification);
};

const drawBadge = (count: number): void => {
  document.title = titleWith(document.title, count);
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) icon.href = count > 0 ? '/favicon-news.svg' : '/favicon.svg';
};

/** @param before what this tab knew; nothing is rung for what is there when a page opens */
const tell = (before: readonly Notice[], now: readonly Notice[], isRinger: boolean): void => {
  const { fresh, gone } = noticeChanges(before, now);
  for (const tag of gone) {
    shown.get(tag)?.close();
    shown.delete(tag);
  }
  drawBadge(document.visibilityState === 'hidden' ? now.length : 0);
  if (!isRinger || fresh.length === 0) return;
  const hidden = document.visibilityState === 'hidden';
  if (soundOn.get() && fresh.some(({ rings }) => rings || hidden)) ring();
  if (hidden) for (const notice of fresh) show(notice);
};

/** @returns how to stop */
export const startNotices = (): (() => void) => {
  const stopped = new AbortController();
  let isRinger = false;
  let before: readonly Notice[] | undefined;
  const update = (): void => {
    const now = notices.get();
    tell(before ?? now, now, isRinger);
    before = now;
  };
  const stop = notices.subscribe(update);
  document.addEventListener('visibilitychange', update, { signal: stopped.signal });
  navigator.locks
    .request(LOCK, { signal: stopped.signal }, async () => {
      isRinger = true;
      await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));
    })
    .catch(() => undefined);
  return () => {
    stopped.abort();
    stop();
    drawBadge(0);
  };
};
