import { msg } from '@lingui/core/macro';
import { LayoutDashboard } from 'lucide-react';
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
  ],
};
