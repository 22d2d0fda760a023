/**
 * Who may call what, written out by hand in docs/access.md. It is deliberately no reading of the declarations: a
 * declaration that lets somebody else in turns a test red.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SCOPES } from '../../lib/platform/auth/scopes.ts';
import { ROLES, type Role, type Scope } from '../../lib/platform/caller.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/access.md'), 'utf8');
const ROW = /^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \| ([^|]+) \|$/gm;

export type Who = readonly (Role | Scope)[] | 'everybody';

/** R-AUTH-08. `²`: two persons do it, at least in some cases; `!`: it needs a fresh proof. */
export type Mark = '²' | '!';

const marksIn = (cell: string): readonly Mark[] =>
  (['²', '!'] as const).filter((mark) => cell.includes(mark));

const withoutMarks = (written: string): string => written.replace(/[²°!]+$/, '');

const whoIn = (cell: string): Who => {
  if (cell === 'everybody') return cell;
  if (cell === 'everyone signed in') return ROLES;
  return cell.split(', ').map((written) => {
    const name = withoutMarks(written);
    const known = [...ROLES, ...SCOPES].find((each) => each === name);
    if (!known) throw new Error(`docs/access.md names ${name}, which is neither a role nor a scope`);
    return known;
  });
};

/** `GET /v1/tickets` → who may. */
export const whoMay: Readonly<Record<string, Who>> = Object.fromEntries(
  [...page.matchAll(ROW)].map(([, endpoint = '', cell = '']) => [endpoint, whoIn(cell.trim())]),
);

/** `PUT /v1/users/{userId}/roles` → how it is guarded beyond that. */
export const marks: Readonly<Record<string, readonly Mark[]>> = Object.fromEntries(
  [...page.matchAll(ROW)].map(([, endpoint = '', cell = '']) => [endpoint, marksIn(cell)]),
);

/** `GET /v1/tickets/{ticketId}` → who has only some of what its path names: `°`. */
export const ownOnly: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...page.matchAll(ROW)].map(([, endpoint = '', cell = '']) => [
    endpoint,
    cell
      .trim()
      .split(', ')
      .filter((written) => written.includes('°'))
      .map(withoutMarks),
  ]),
);
