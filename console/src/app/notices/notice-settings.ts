import { store, stored } from '../stored.ts';
import { type ValueStore, valueStore } from '../value-store.ts';

/** A setting of this browser that is on unless it was switched off. */
const onUnlessOff = (key: string): ValueStore<boolean> & { readonly choose: (on: boolean) => void } => {
  const value = valueStore(stored(key) !== 'off');
  return {
    ...value,
    choose: (on) => {
      store(key, on ? undefined : 'off');
      value.set(on);
    },
  };
};

export const soundOn = onUnlessOff('rotadesk.sound');
/** Notices of the browser may say what was written; others who see the screen then read it. */
export const wordsOn = onUnlessOff('rotadesk.notice-words');

export type Permission = NotificationPermission | 'unsupported';

const current = (): Permission => ('Notification' in window ? Notification.permission : 'unsupported');

export const permission = valueStore<Permission>(current());

/** Browsers ask only after a click. */
export const askPermission = async (): Promise<void> => {
  if ('Notification' in window) await Notification.requestPermission();
  permission.set(current());
};
