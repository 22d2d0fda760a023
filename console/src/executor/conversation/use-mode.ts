import { useNavigate } from '@tanstack/react-router';

/** Reply or note; in the address, as the draft is another. */
export const useMode = (): ((mode: 'reply' | 'note') => void) => {
  const navigate = useNavigate();
  return (mode) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, mode: mode === 'note' ? mode : undefined }),
      replace: true,
    });
};
