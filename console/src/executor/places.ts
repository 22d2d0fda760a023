import { msg } from '@lingui/core/macro';
import { Inbox, ListOrdered } from 'lucide-react';
import type { ModuleDeclaration } from '../app/place.ts';
import { useHeldCount } from './held-count.ts';

export const declaration: ModuleDeclaration = {
  places: [
    {
      path: '/tickets/{-$ticketId}',
      roles: ['executor'],
      label: msg`My tickets`,
      icon: Inbox,
      order: 10,
      goKey: 'KeyT',
      useCount: useHeldCount,
      load: () => import('./tickets-place.tsx'),
    },
    {
      path: '/next',
      roles: ['executor'],
      label: msg`What is next`,
      icon: ListOrdered,
      order: 11,
      goKey: 'KeyN',
      load: () => import('./next-place.tsx'),
    },
  ],
  railPart: { roles: ['executor'], load: () => import('./colleagues.tsx') },
  background: { roles: ['executor'], load: () => import('./background.tsx') },
};
