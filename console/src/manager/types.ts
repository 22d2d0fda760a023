import type { components, paths } from '../api/schema.ts';

type Schemas = components['schemas'];
export type ExecutorRow = Schemas['ExecutorRow'];
export type Board = paths['/v1/board']['get']['responses'][200]['content']['application/json'];
export type BoardLine = Board['lines'][number];
export type Line = BoardLine['line'];
export type Decision = Board['decisions'][number];
export type LimitValues = Board['limits']['values'];
export type ExecutorSort = 'turn' | 'load' | 'name';
export type LimitName = keyof LimitValues;
export type Limits = Schemas['Limits'];
export type Replay = Schemas['Replay'];
export type ReplayResult = Schemas['ReplayResult'];
export type TriedName = keyof Schemas['TriedLimits'];
