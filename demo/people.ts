import type { Person, Resident } from '../localstack/people.ts';

/** The same ids in every run, apart from those of the seeded people. */
const idOf = (block: string, number: number): string =>
  `usr_01990000-0000-7000-${block}-${String(number).padStart(12, '0')}`;

const NAMES = [
  'Anna',
  'Boris',
  'Chiara',
  'Darius',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Katya',
  'Lars',
  'Mei',
  'Nadia',
  'Oleg',
  'Priya',
  'Quentin',
  'Rosa',
  'Sami',
  'Tara',
] as const;

export const MOST_EXECUTORS = 100;

export const executorPerson = (number: number): Resident => {
  const round = Math.floor(number / NAMES.length);
  const name = NAMES[number % NAMES.length] ?? NAMES[0];
  return {
    id: idOf('8d00', number + 1),
    name: round === 0 ? name : `${name} ${round + 1}`,
    roles: ['executor'],
    phone: `+7916001${String(number).padStart(4, '0')}`,
    email: `executor-${number + 1}@rotadesk.example`,
  };
};

export const isDemoClient = (id: string): boolean => id.includes('-8c00-');

/** Enough of them that nobody's three urgent messages a day run out at once. */
export const clientPerson = (number: number): Person => ({
  id: idOf('8c00', number + 1),
  name: `Client ${number + 1}`,
  roles: ['client'],
});
