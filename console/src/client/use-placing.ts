import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { onPlaced } from '../app/writing/deliver.ts';
import { PLACE } from './place.ts';

/**
 * Follows what was written in a thread to the ticket it was put on, which is another one after a closed one.
 * @returns whether urgency was asked for and not granted
 */
export const usePlacing = (thread: string): boolean => {
  const navigate = useNavigate();
  const [urgentRefused, setUrgentRefused] = useState(false);
  useEffect(
    () =>
      onPlaced((placed) => {
        if (placed.thread !== thread) return;
        setUrgentRefused(placed.urgentRefused);
        if (placed.ticketId !== thread)
          void navigate({ to: PLACE, params: { ticketId: placed.ticketId }, replace: thread === 'new' });
      }),
    [thread, navigate],
  );
  return urgentRefused;
};
