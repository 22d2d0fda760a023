import type { MessageDescriptor } from '@lingui/core';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Role } from '../api/types.ts';

/** One place of the console: an address, who may be there, and what loads when somebody goes there. */
export interface Place {
  /** Of TanStack Router: `/tickets`, `/tickets/$ticketId`. */
  readonly path: string;
  /** Whoever has one of them has the place. */
  readonly roles: readonly Role[];
  readonly label: MessageDescriptor;
  /** Without one the place stands in no rail, as a thing opened from a list. */
  readonly icon?: LucideIcon;
  /** Heading over it in the rail; none: on top. */
  readonly section?: MessageDescriptor;
  /** Smaller ones come first, within a section. */
  readonly order: number;
  /** `event.code` of the second key after G. */
  readonly goKey?: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** A hook: the figure beside the name in the rail. */
  readonly useCount?: () => number | undefined;
}

/** What stands in a module's `places.ts`, the one file of it that the first load holds. */
export interface ModuleDeclaration {
  readonly places: readonly Place[];
  /** Below the places in the rail, for these roles. */
  readonly railPart?: {
    readonly roles: readonly Role[];
    readonly load: () => Promise<{ readonly default: ComponentType }>;
  };
  /** Runs as long as somebody with one of these roles is signed in: heartbeats, notifications. */
  readonly background?: {
    readonly roles: readonly Role[];
    readonly load: () => Promise<{ readonly default: ComponentType }>;
  };
}
