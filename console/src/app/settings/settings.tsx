import { Trans, useLingui } from '@lingui/react/macro';
import { LogOut } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { singleKeys, switchSingleKeys } from '../commands/keys.ts';
import { openPanel } from '../commands/panels.ts';
import { chooseLocale } from '../locale.ts';
import { modulesFor } from '../modules.ts';
import { currentUser } from '../session/session.ts';
import { settingsPart } from '../shell/slots.ts';
import { chooseTheme, theme } from '../theme.ts';
import { chooseEnterSends, enterSends } from '../thread/enter-sends.ts';
import { useValue } from '../value-store.ts';
import { Choices } from './choices.tsx';
import { NoticeChoices } from './notice-choices.tsx';
import styles from './settings.module.css';

/** Settings of this browser. What follows somebody everywhere is in their profile. */
export default function Settings() {
  const { i18n } = useLingui();
  const keys = useValue(singleKeys);
  const Part = useValue(settingsPart);
  const user = currentUser();
  const modules = modulesFor(user?.roles ?? []);
  return (
    <Dialog open onOpenChange={() => openPanel(undefined)} title={user?.name ?? <Trans>Settings</Trans>}>
      <div className={styles.list}>
        {Part && <Part />}
        <Choices
          label={<Trans>Colours</Trans>}
          value={useValue(theme)}
          options={[
            ['system', <Trans key="system">As the system</Trans>],
            ['light', <Trans key="light">Light</Trans>],
            ['dark', <Trans key="dark">Dark</Trans>],
          ]}
          onChoose={chooseTheme}
        />
        <Choices
          label={<Trans>Language</Trans>}
          value={i18n.locale === 'ru' ? 'ru' : 'en'}
          options={[
            ['en', 'English'],
            ['ru', 'Русский'],
          ]}
          onChoose={(locale) => void chooseLocale(locale, modules)}
        />
        <NoticeChoices />
        <Choices
          label={<Trans>↵ in the composer</Trans>}
          value={useValue(enterSends) ? 'sends' : 'line'}
          options={[
            ['line', <Trans key="line">New line</Trans>],
            ['sends', <Trans key="sends">Sends</Trans>],
          ]}
          onChoose={(value) => chooseEnterSends(value === 'sends')}
        />
        <Choices
          label={<Trans>Single keys</Trans>}
          hint={<Trans>J, K, R and others outside fields. Press ? to see them.</Trans>}
          value={keys ? 'on' : 'off'}
          options={[
            ['on', <Trans key="on">On</Trans>],
            ['off', <Trans key="off">Off</Trans>],
          ]}
          onChoose={(value) => switchSingleKeys(value === 'on')}
        />
      </div>
      <div className={styles.foot}>
        <Button onClick={() => openPanel('help')}>
          <Trans>Keys</Trans>
        </Button>
        <Button onClick={() => openPanel('palette')}>
          <Trans>All commands</Trans>
        </Button>
        <span className="grow" />
        <Button look="ghost" onClick={() => openPanel('sign-out')}>
          <LogOut />
          <Trans>Sign out…</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
