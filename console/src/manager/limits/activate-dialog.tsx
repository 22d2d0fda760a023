import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { isProblem } from '../../api/problem.ts';
import { problemText } from '../../app/problem-text.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import manager from '../manager.module.css';
import type { LimitValues } from '../types.ts';
import styles from './limits.module.css';
import { settingLabels } from './setting-labels.ts';
import { type Draft, settings, valueText } from './settings.ts';

interface ActivateProps {
  /** Undefined: the global limits. */
  readonly deskId: string | undefined;
  readonly draft: Draft;
  readonly values: LimitValues;
  /** What the draft was made against: another one in force refuses it. */
  readonly version: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** From and to, once more before it is in force. */
export function Changes({ draft, values }: { readonly draft: Draft; readonly values: LimitValues }) {
  const { i18n } = useLingui();
  const changed = settings.filter(({ name }) => draft[name] !== undefined);
  return (
    <dl className={manager.pairs}>
      {changed.map(({ name, unit }) => (
        <div key={name} className={styles.change}>
          <dt>{i18n._(settingLabels[name])}</dt>
          <dd className="num">
            {valueText(values[name], unit)} → <b className="strong">{valueText(draft[name] ?? 0, unit)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export default function ActivateDialog({ deskId, draft, values, version, onClose, onDone }: ActivateProps) {
  const { i18n } = useLingui();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const count = Object.keys(draft).length;
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { values: draft, ...(deskId && { deskId }) };
      await bodyOf(api.PATCH('/v1/limits', { params: { header: { 'If-Match': `"${version}"` } }, body }));
      onDone();
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusy(false);
      for (const key of ['limits', 'limits-history', 'board'])
        void client.invalidateQueries({ queryKey: [key] });
    }
  };
  const outdated = isProblem(problem, 'stale');
  return (
    <Dialog
      open
      narrow
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={<Plural value={count} one="Activate # change" other="Activate # changes" />}
    >
      <div className={manager.form}>
        <Changes draft={draft} values={values} />
        <p className="small muted">
          <Trans>Takes effect within 5 s, takes no ticket away, is recorded under your name.</Trans>
        </p>
        {problem !== undefined && (
          <p className={manager.refusal} role="alert">
            {outdated ? (
              <Trans>
                Somebody changed the limits meanwhile: nothing was activated. What is in force now stands
                beside your draft.
              </Trans>
            ) : (
              problemText(problem, i18n)
            )}
          </p>
        )}
        <div className={manager.buttons}>
          <Button look="ghost" onClick={onClose}>
            {outdated ? <Trans>Look again</Trans> : <Trans>Cancel</Trans>}
          </Button>
          {!outdated && (
            <Button look="primary" disabled={busy} autoFocus onClick={() => void send()}>
              <Trans>Activate</Trans>
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
