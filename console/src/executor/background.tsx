import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { serverNow } from '../api/server-clock.ts';
import type { Ticket } from '../api/types.ts';
import { offlineText } from '../app/shell/offline-text.ts';
import { ownPresence } from '../app/shell/own-presence.ts';
import { settingsPart } from '../app/shell/slots.ts';
import { startBeats } from './beats.ts';
import { missedBetween } from './missed.ts';
import { answered, missed } from './missed-store.ts';
import { OfflineText } from './offline-text.tsx';
import { PresenceChoice } from './presence-choice.tsx';
import { useHeld, usePresence } from './queries.ts';
import { useNotices } from './use-notices.ts';
import { usePresenceCommands } from './use-presence-commands.ts';

/** Tickets that left the list unaccepted. */
const useMissed = (): void => {
  const { data: tickets } = useHeld();
  const before = useRef<readonly Ticket[]>([]);
  useEffect(() => {
    if (tickets === undefined) return;
    const fresh = missedBetween(before.current, tickets, { nowMs: serverNow(), answered });
    before.current = tickets;
    if (fresh.length > 0) missed.set([...missed.get(), ...fresh]);
  }, [tickets]);
};

/** Runs while an executor is signed in, wherever they are: heartbeats, presence, what was missed. */
export default function Background() {
  const client = useQueryClient();
  const { data: presence } = usePresence();
  useMissed();
  useNotices();
  usePresenceCommands();
  useEffect(() => startBeats(client), [client]);
  useEffect(() => ownPresence.set(presence?.presence), [presence?.presence]);
  useEffect(() => {
    settingsPart.set(PresenceChoice);
    offlineText.set(OfflineText);
    return () => {
      settingsPart.set(undefined);
      offlineText.set(undefined);
      ownPresence.set(undefined);
    };
  }, []);
  return null;
}
