import type { AccessToken } from './access-token.ts';

/** What the tabs of one browser say to each other. Only pages of this origin hear it, which could read the token anyway. */
export type TabMessage =
  | { readonly type: 'token'; readonly token: AccessToken; readonly userId: string }
  | { readonly type: 'token-wanted' }
  | { readonly type: 'session-ended'; readonly userId: string }
  | { readonly type: 'signed-out' };

const channel = new BroadcastChannel('rotadesk');

export const tellTabs = (message: TabMessage): void => channel.postMessage(message);

export const onTabMessage = (listener: (message: TabMessage) => void): void =>
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data));
