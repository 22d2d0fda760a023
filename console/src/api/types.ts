import type { components, paths } from './schema.ts';

type Schemas = components['schemas'];
export type Ticket = Schemas['Ticket'];
export type ThreadEntry = Schemas['ThreadEntry'];
export type Attachment = Schemas['Attachment'];
export type OwnPresence = Schemas['OwnPresence'];
export type Colleague = Schemas['Colleague'];
export type User = Schemas['User'];
export type Role = User['roles'][number];
export type Presence = OwnPresence['presence'];
export type Why = paths['/v1/tickets/{ticketId}/why']['get']['responses'][200]['content']['application/json'];
