import { Trans } from '@lingui/react/macro';
import { Button } from '../../parts/button.tsx';
import { askPermission, permission, soundOn, wordsOn } from '../notices/notice-settings.ts';
import { ring } from '../notices/sound.ts';
import { useValue } from '../value-store.ts';
import { Choices } from './choices.tsx';
import styles from './settings.module.css';

const onOff = [
  ['on', <Trans key="on">On</Trans>],
  ['off', <Trans key="off">Off</Trans>],
] as const;

function Permission() {
  const state = useValue(permission);
  return (
    <div className={styles.line}>
      <span>
        <span className="strong">
          <Trans>Notices of the browser</Trans>
        </span>
        <p className="small muted">
          {state === 'granted' && <Trans>Shown while this window is hidden.</Trans>}
          {state === 'default' && <Trans>The browser asks you once.</Trans>}
          {state === 'denied' && <Trans>Refused: allow them in the browser’s settings of this page.</Trans>}
          {state === 'unsupported' && <Trans>This browser has none.</Trans>}
        </p>
      </span>
      {state === 'default' && (
        <Button onClick={() => void askPermission()}>
          <Trans>Allow…</Trans>
        </Button>
      )}
    </div>
  );
}

/** How the reader is told of a ticket to accept and of messages. */
export function NoticeChoices() {
  return (
    <>
      <Permission />
      <Choices
        label={<Trans>Words in notices</Trans>}
        value={useValue(wordsOn) ? 'on' : 'off'}
        options={onOff}
        onChoose={(value) => wordsOn.choose(value === 'on')}
      />
      <Choices
        label={<Trans>Sound</Trans>}
        hint={
          <button type="button" className="link" onClick={ring}>
            <Trans>Test</Trans>
          </button>
        }
        value={useValue(soundOn) ? 'on' : 'off'}
        options={onOff}
        onChoose={(value) => soundOn.choose(value === 'on')}
      />
    </>
  );
}
