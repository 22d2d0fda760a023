import { store, stored } from '../stored.ts';
import { valueStore } from '../value-store.ts';
import { matchStroke } from './command.ts';
import { currentCommands } from './registry.ts';

const KEY = 'rotadesk.keys';
const SECOND_KEY_MS = 1200;

/** Single keys can be switched off, for whoever's speech software types letters; those with ⌘ stay. */
export const singleKeys = valueStore(stored(KEY) !== 'off');

export const switchSingleKeys = (on: boolean): void => {
  store(KEY, on ? undefined : 'off');
  singleKeys.set(on);
};

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const OWN_KEYS =
  'input, textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

let gPressedAtMs = 0;

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.repeat) return;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (!mod && (event.metaKey || event.ctrlKey || !singleKeys.get())) return;
  const stroke = {
    code: event.code,
    alt: event.altKey || event.getModifierState('AltGraph'),
    mod,
    shift: event.shiftKey,
    composing: event.isComposing || event.keyCode === 229,
    busy: event.target instanceof Element && event.target.closest(OWN_KEYS) !== null,
  };
  const match = matchStroke(stroke, currentCommands(), event.timeStamp - gPressedAtMs < SECOND_KEY_MS);
  gPressedAtMs = match.kind === 'wait' ? event.timeStamp : 0;
  if (match.kind === 'none') return;
  event.preventDefault();
  if (match.kind === 'run') match.command.run();
};

/** @returns how to stop listening */
export const listenToKeys = (): (() => void) => {
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
};
