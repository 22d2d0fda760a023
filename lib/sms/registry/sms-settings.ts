import { defineSettings } from '../../platform/settings/define-settings.ts';
import { standardSettings } from '../rule-config-repository.ts';
import { settingsView } from './registry-view.ts';

/** The standard window. The window in force is part of the rule configuration, where a message reads it (`rule-config.ts`); its changes are kept here. */
export const smsSettings = defineSettings({
  name: 'sms-settings',
  table: 'sms',
  group: 'service',
  settings: {
    window: { schema: settingsView().shape.window, initial: standardSettings.window },
    next: { schema: settingsView().shape.next, initial: undefined },
  },
});
