/** Evaluates the intrinsic functions of a CloudFormation template for resources which stand in for AWS. Pure. */

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}
export interface Template {
  readonly Parameters?: Record<string, { Default?: unknown }>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
}

/** What a logical id is locally: the value of its `Ref` and of its attributes. */
export interface Physical {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
export type PhysicalIds = Readonly<Record<string, Physical>>;

export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/** A value names a resource that does not exist locally (a role, an alarm, the API). */
export class Unresolved extends Error {}

type Json = unknown;
type Evaluate = (value: Json) => Json;

/**
 * @returns a function that replaces Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select and Fn::Split in any
 * value. It throws Unresolved on what is not local.
 */
export function evaluator(known: PhysicalIds, account: Account): Evaluate {
  const pseudo: Record<string, string> = {
    'AWS::Region': account.region,
    'AWS::AccountId': account.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'local',
    'AWS::NoValue': '',
  };
  const ref = (id: string): string => {
    const value = pseudo[id] ?? known[id]?.ref;
    if (value === undefined) throw new Unresolved(id);
    return value;
  };
  const attribute = (id: string, name: string): string => {
    const value = known[id]?.attributes?.[name];
    if (value === undefined) throw new Unresolved(`${id}.${name}`);
    return value;
  };
  const named = (path: string): string => {
    const [id = '', ...rest] = path.split('.');
    return rest.length === 0 ? ref(id) : attribute(id, rest.join('.'));
  };
  const functions: Record<string, (argument: Json) => Json> = {
    Ref: (id) => ref(id as string),
    'Fn::GetAtt': (path) => named(Array.isArray(path) ? path.join('.') : (path as string)),
    'Fn::Sub': (argument) => substitute(argument, evaluate, named),
    'Fn::Join': (argument) => {
      const [separator, list] = argument as [string, Json[]];
      return list.map((each) => String(evaluate(each))).join(separator);
    },
    'Fn::Select': (argument) => {
      const [index, list] = argument as [number | string, Json];
      return (evaluate(list) as Json[])[Number(index)];
    },
    'Fn::Split': (argument) => {
      const [separator, text] = argument as [string, Json];
      return String(evaluate(text)).split(separator);
    },
  };
  const evaluate: Evaluate = (value) => {
    if (Array.isArray(value)) return value.map(evaluate);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [first] = entries;
    const apply = entries.length === 1 && first ? functions[first[0]] : undefined;
    if (apply && first) return apply(first[1]);
    return Object.fromEntries(entries.map(([key, each]) => [key, evaluate(each)]));
  };
  return evaluate;
}

function substitute(argument: Json, evaluate: Evaluate, named: (path: string) => string): string {
  const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, Json>];
  return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, path: string) => {
    if (literal) return whole.replace('!', '');
    return path in own ? String(evaluate(own[path])) : named(path);
  });
}
