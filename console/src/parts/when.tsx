import { useLingui } from '@lingui/react';
import { useServerNow } from './now.ts';
import { exactTime, shortTime } from './time-text.ts';

/** A time in few letters, the whole of it on hover. @param at ISO */
export function When({ at }: { readonly at: string }) {
  const { i18n } = useLingui();
  const now = useServerNow(60_000);
  return (
    <time className="num" dateTime={at} title={exactTime(at, i18n.locale)}>
      {shortTime(at, { locale: i18n.locale, nowMs: now })}
    </time>
  );
}
