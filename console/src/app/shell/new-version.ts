import { valueStore } from '../value-store.ts';

/** A part that was asked for is gone: there has been a deployment since this page was loaded. */
export const newVersion = valueStore(false);

export const watchForNewVersion = (): void =>
  window.addEventListener('vite:preloadError', (event) => {
    event.preventDefault();
    newVersion.set(true);
  });
