import { msg } from '@lingui/core/macro';
import { Inbox } from 'lucide-react';
import type { ModuleDeclaration } from '../app/place.ts';

export const declaration: ModuleDeclaration = {
  places: [
    {
      path: '/tickets',
      roles: ['executor'],
      label: msg`My tickets`,
      icon: Inbox,
      order: 10,
      goKey: 'KeyT',
      load: () => import('./tickets-place.tsx'),
    },
  ],
};
