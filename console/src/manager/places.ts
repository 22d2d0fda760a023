import { msg } from '@lingui/core/macro';
import { ChartSpline, Inbox, LayoutDashboard, SlidersHorizontal } from 'lucide-react';
import type { ModuleDeclaration } from '../app/place.ts';

export const declaration: ModuleDeclaration = {
  places: [
    {
      path: '/board',
      roles: ['manager'],
      label: msg`Board`,
      icon: LayoutDashboard,
      order: 20,
      goKey: 'KeyB',
      load: () => import('./board/board-place.tsx'),
    },
    {
      path: '/desk-tickets/{-$ticketId}',
      roles: ['manager'],
      label: msg`Tickets of the desk`,
      icon: Inbox,
      order: 21,
      goKey: 'KeyD',
      load: () => import('./tickets/tickets-place.tsx'),
    },
    {
      path: '/limits',
      roles: ['manager'],
      label: msg`Limits`,
      icon: SlidersHorizontal,
      section: msg`Decide`,
      order: 30,
      goKey: 'KeyL',
      load: () => import('./limits/limits-place.tsx'),
    },
    {
      path: '/what-if',
      roles: ['manager'],
      label: msg`What if`,
      icon: ChartSpline,
      section: msg`Decide`,
      order: 31,
      goKey: 'KeyW',
      load: () => import('./what-if/what-if-place.tsx'),
    },
  ],
};
