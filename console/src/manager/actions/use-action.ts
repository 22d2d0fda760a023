import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/problem-text.ts';

/** What an action of a manager may have changed. */
const CHANGED = ['board', 'executors', 'line', 'ticket', 'tickets', 'why', 'thread'];

/** One action at a time; a refusal stays to be read. */
export const useAction = (onDone: () => void) => {
  const { i18n } = useLingui();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await work();
      onDone();
    } catch (problem) {
      setRefusal(problemText(problem, i18n));
    } finally {
      setBusy(false);
      for (const key of CHANGED) void client.invalidateQueries({ queryKey: [key] });
    }
  };
  return { busy, refusal, run };
};
