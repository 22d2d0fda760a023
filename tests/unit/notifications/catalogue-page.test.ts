import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../../lib/notifications/catalogue.ts';
import { digestDelays } from '../../../lib/notifications/digest.ts';
import { templateNames, troubleStates } from '../../../lib/notifications/model.ts';
import { variablesOf } from '../../../lib/notifications/rendering/render.ts';

const page = readFileSync(join(__dirname, '../../../docs/notifications.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| `[a-z-]+` \| .* h \|/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('R-NOT-02 the page’s table is the catalogue', () => {
  const expected = templateNames.map((name) => {
    const { audience, when, channels, essential, validSec } = catalogue[name];
    const words = [audience, when, channels.join(', '), essential ? 'yes' : 'no', `${validSec / 3600} h`];
    return [`\`${name}\``, ...words, variablesOf(catalogue[name]).join(', ')];
  });
  expect(rows).toEqual(expected);
});

test('R-NOT-02 the page’s numbers and states are the code’s', () => {
  expect(page).toContain(`collected for ${digestDelays['reply-waiting'].waitSec / 60} minutes`);
  expect(page).toContain(`at least ${digestDelays['reply-waiting'].apartSec / 60} minutes away`);
  expect(digestDelays['tickets-overdue'].waitSec).toBe(60);
  for (const state of troubleStates) expect(page).toContain(`\`${state}\``);
});
