/** The demo's people. */
import type { Role } from '../lib/platform/caller.ts';

/** Somebody a local token can be made for; they need no account for it. */
export interface Person {
  /** `usr_…`, the same on every machine, so that examples can be copied. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Somebody with an account: they can sign in by phone as well, and e-mails to them can be read. */
export interface Resident extends Person {
  /** E.164. */
  readonly phone: string;
  readonly email: string;
}

const person = (number: number, name: string, role: Role): Resident => ({
  id: `usr_01990000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  name,
  roles: [role],
  phone: `+7916000${String(100 + number).padStart(4, '0')}`,
  email: `${name.toLowerCase().replace(' ', '.')}@rotadesk.example`,
});

/** By the names which `npm run token` takes. */
export const people = {
  client: person(1, 'Clara Client', 'client'),
  'client-2': person(2, 'Carlos Client', 'client'),
  'executor-1': person(11, 'Emma Executor', 'executor'),
  'executor-2': person(12, 'Emil Executor', 'executor'),
  'executor-3': person(13, 'Esra Executor', 'executor'),
  manager: person(21, 'Mara Manager', 'manager'),
  admin: person(31, 'Ada Admin', 'admin'),
  quality: person(41, 'Quentin Quality', 'quality'),
  supplies: person(51, 'Sofia Supplies', 'supplies'),
  worker: person(61, 'Wanda Worker', 'worker'),
} as const satisfies Record<string, Resident>;

export type PersonName = keyof typeof people;

export const personNamed = (name: string): Resident | undefined =>
  (people as Readonly<Record<string, Resident>>)[name];
