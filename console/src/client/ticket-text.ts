import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Ticket } from '../api/types.ts';
import { numberText } from '../parts/number-text.ts';

/** What a client calls a ticket of theirs: what they wrote first. */
export const titleOf = ({ card, number }: Ticket, i18n: I18n): string =>
  card?.subject ??
  (number === undefined ? i18n._(msg`Your message`) : i18n._(msg`Message ${numberText(number)}`));

export const isOpen = ({ state }: Ticket): boolean => state !== 'closed';

/** What a client may know of where it is. */
export const stateText = ({ state, handledBy }: Ticket, i18n: I18n): string => {
  const name = handledBy?.displayName;
  if (state === 'closed') return i18n._(msg`Closed`);
  if (state === 'waiting' || name === undefined) return i18n._(msg`In line`);
  return state === 'waitingClient' ? i18n._(msg`${name} waits for you`) : i18n._(msg`${name} is on it`);
};
