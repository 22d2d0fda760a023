import { useNavigate } from '@tanstack/react-router';

export const PLACE = '/tickets/{-$ticketId}';

/** What stands beside the conversation; in the address. */
export type Panel = 'why' | 'client';

export const useOpenPanel = (): ((panel: Panel | undefined) => void) => {
  const navigate = useNavigate();
  return (panel) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, panel }), replace: true });
};
