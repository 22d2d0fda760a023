import type { Person } from '../../../localstack/people.ts';

/** Clients beyond those of the demo. */
export const manyClients = (count: number): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `usr_01990000-0000-7000-8000-0000000e2${String(index).padStart(3, '0')}`,
    name: `Client ${index}`,
    roles: ['client'],
  }));
