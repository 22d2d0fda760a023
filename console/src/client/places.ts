import { msg } from '@lingui/core/macro';
import { MessageCircle, UserRound } from 'lucide-react';
import type { ModuleDeclaration } from '../app/place.ts';

export const declaration: ModuleDeclaration = {
  places: [
    {
      path: '/messages/{-$ticketId}',
      roles: ['client'],
      label: msg`Messages`,
      icon: MessageCircle,
      order: 20,
      goKey: 'KeyM',
      load: () => import('./messages-place.tsx'),
    },
    {
      path: '/profile',
      roles: ['client', 'executor', 'manager', 'admin', 'worker', 'supplies', 'quality', 'candidate'],
      label: msg`Profile`,
      icon: UserRound,
      order: 90,
      goKey: 'KeyP',
      load: () => import('./profile-place.tsx'),
    },
  ],
};
