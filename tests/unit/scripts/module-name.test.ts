import { join } from 'node:path';
import { PLANNED } from '../../../scripts/idle-cost/planned.ts';
import { nameProblem } from '../../../scripts/module-name.ts';

const root = join(import.meta.dirname, '../../..');

test.each(['pilot', 'field-jobs', ...Object.keys(PLANNED).filter((name) => name !== 'admin')])(
  'a module may be called %s',
  (name) => {
    expect(nameProblem(root, name)).toBeUndefined();
  },
);

test.each(['', 'Demo', '1st', 'de_mo', 'demo-', '../demo', 'dé', 'a'.repeat(21)])('%j is no name', (name) => {
  expect(nameProblem(root, name)).toContain('lower-case words');
});

test.each(['audit', 'desk', 'platform', 'sms'])('%s is taken', (name) => {
  expect(nameProblem(root, name)).toBe('there is one');
});

test.each(['auth'])('%s is a word of the platform already', (name) => {
  expect(nameProblem(root, name)).toBe('means something else in the platform');
});

test('a text that the platform’s code holds would look like its name', () => {
  expect(nameProblem(root, 'query')).toMatch(/^is a word of lib\/platform\//);
});
